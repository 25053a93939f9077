"""Search, then evidence, then a verdict. Nothing here need be trusted."""
