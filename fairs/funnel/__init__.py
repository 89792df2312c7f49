"""The funnel of product selection: registered, recognised, certified, promoted, level by level."""
