"""The demonstration of fairs and selection; every row is illustrative."""
