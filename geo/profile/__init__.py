"""Everything about one territory, on screen and in PDF."""
