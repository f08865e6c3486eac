"""Pages of check."""
