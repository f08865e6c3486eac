"""The door for people: HTML pages, one folder a noun."""
