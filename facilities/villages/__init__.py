"""Craft villages beside their table: how a list and a form ask for them."""
