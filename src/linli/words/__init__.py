"""What people call the codes that domain and records answer with: one place for every door, in every language."""
