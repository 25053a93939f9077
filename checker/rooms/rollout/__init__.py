"""Rolling out one version in place of another: which mixtures and orders of switching are harmful."""
