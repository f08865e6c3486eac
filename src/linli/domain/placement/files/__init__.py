"""Readers of published placement problems: bytes in, arrays out."""
