"""Documents and figures as Python: what rebuilds a report, and what computes a table alone."""
