"""What a programme is to reach and how far it has come."""
