"""What staff type about a selection: cycle, round, people, dossier, complaint."""
