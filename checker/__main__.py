"""`python -m checker` is `redline`."""

from checker.cli import main

if __name__ == "__main__":
    main()
