"""What happened and what we may do: one Django app, one folder a noun."""
