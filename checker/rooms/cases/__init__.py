"""Test packs: requests, situations and stories in which every phrase of a law decides, for testers."""
