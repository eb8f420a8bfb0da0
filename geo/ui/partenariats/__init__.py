"""The page Partenariats."""
