"""Who cooperates with whom, in what form, since when."""
