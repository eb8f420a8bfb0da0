"""The bundled tables: columns, closed lists, provenance, loading, search, changes of version."""
