"""Makes laws, claims and situations at random, for the tests of all packages."""
