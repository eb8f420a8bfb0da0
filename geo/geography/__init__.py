"""Communes, distances, shared borders."""
