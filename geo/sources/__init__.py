"""Every raw file: where it is, how it is fetched and read."""
