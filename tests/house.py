"""The nouns of records, lowest first."""

NOUNS = (
    "journal",
    "keys",
    "places",
    "accounts",
    "people",
    "programme",
    "doses",
    "duplicates",
    "lists",
    "retention",
    "reports",
)
