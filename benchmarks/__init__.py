"""Time, size and memory of the dashboard, against a naive page and an empty one: `make bench`."""
