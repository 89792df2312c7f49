"""Biểu 03 and Biểu 04 of TT 14/2024/TT-BCT with the clusters behind them, and the same for a terminal."""

from reports.layouts.clusters.forms import commune_sheets, sheets
from reports.layouts.clusters.terminal import terminal_lines

__all__ = ["commune_sheets", "sheets", "terminal_lines"]
