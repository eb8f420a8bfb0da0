"""The page Territoire."""
