"""The budget of a year: who writes it down and confirms it, and what is left of it."""
