"""Search, then evidence, then a verdict. Nothing here needs to be trusted."""
