"""The panels of contributions, on the page Partenariats."""
