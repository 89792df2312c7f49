"""What stands where: sheets as data. A layout picks, names and orders figures; it computes none."""
