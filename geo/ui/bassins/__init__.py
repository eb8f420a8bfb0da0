"""The page Bassins."""
