"""The report in a browser: `python -m tests.browser`."""
