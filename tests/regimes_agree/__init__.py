"""Claims about random laws, decided and held against concrete worlds; a command."""
