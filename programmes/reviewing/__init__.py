"""Reviewing a scheme: sheets, comments, what the law still allows, and what changed since it was sent back."""
