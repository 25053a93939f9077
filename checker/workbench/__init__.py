"""The workbench: a law that is edited in a browser, with its verdicts beside it."""
