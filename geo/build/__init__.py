"""Raw files made into the checked tables of data/."""
