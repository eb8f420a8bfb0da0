"""Territories compared: ranks, spread, peers, side by side."""
