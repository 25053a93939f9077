"""Rolling one version out in place of another: which mixtures and orders of switching do harm."""
