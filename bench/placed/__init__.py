"""Cases of bench/placement.py."""
