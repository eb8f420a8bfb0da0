"""The models that give communes to areas: their runs, scenarios and zonings."""
