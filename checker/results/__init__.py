"""What the interface returns: frozen values that are at the same time the JSON documents of the commands."""
