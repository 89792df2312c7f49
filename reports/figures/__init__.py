"""Figures of reports: pure functions from plain rows to frozen results. Whole numbers and Decimal only, no float."""
