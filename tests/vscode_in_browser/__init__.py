"""The extension in a real VS Code, which is used in Chromium."""
