"""Road minutes from communes to hospital sites: the graph, its costs, their calibration."""
