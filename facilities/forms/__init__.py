"""What staff type about facilities."""
