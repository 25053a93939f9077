"""The workbench in a browser: `python -m tests.workbench_in_browser`."""
