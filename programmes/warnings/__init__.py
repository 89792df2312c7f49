"""What deserves a second look: money given twice, schemes that are late, advances that are not settled."""
