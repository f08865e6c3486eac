"""Writing something down of a person: one small form an action, what will follow, and a way to take it back."""
