"""Views of fairs and selection."""
