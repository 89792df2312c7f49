"""What must happen together in the register."""
