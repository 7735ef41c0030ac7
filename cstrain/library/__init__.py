"""Reads the content files; every mistake in them is a ContentError with file and key."""
