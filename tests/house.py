"""The nouns of records, lowest first."""

NOUNS = ("journal", "places", "accounts", "people", "programme", "doses", "lists", "reports")
