"""The page Établissements."""
