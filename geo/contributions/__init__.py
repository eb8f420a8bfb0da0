"""What people add: template, reading, verdict, store."""
