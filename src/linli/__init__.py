"""linli (邻里): open software that runs a neighbourhood vaccination drive."""

__version__ = "0.1.0"
