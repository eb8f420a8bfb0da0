"""Adapters: one raw file in, one checked plain table out. They never touch the network."""
