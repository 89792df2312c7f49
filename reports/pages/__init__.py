"""Stored figures as pages show them: one module for each kind of report."""
