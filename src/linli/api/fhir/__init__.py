"""FHIR R4 over HTTP: the forecast operation, one person or many, and what this server can do."""
