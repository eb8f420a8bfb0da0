"""The areas and their figures: measures, published ones, access, recipes, anomalies."""
