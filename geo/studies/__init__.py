"""What people bring to study for the time of a session: indicators of their own."""
