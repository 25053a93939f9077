"""What reports are made of, and those about the law or about all claims; nothing here prints."""
