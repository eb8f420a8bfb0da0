"""What people take away and bring: CSV, workbooks, layers."""
