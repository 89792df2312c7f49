"""Product selection beside its tables: rounds, dossiers, points, certificates."""
