"""Invented people of the CDC schedule, and how fast they are judged."""
