"""What staff type about schemes and money."""
