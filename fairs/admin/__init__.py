"""The workshop: what reviewers decide of fairs and selection, and the rows of law that administrators keep."""
