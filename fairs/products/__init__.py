"""Products, their photos and certificates; commendations."""
