"""Pages of reports: the coverage board."""
