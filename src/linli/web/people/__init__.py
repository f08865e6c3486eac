"""Pages of people: the due list, its export, and one page a person."""
