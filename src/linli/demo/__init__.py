"""An invented neighbourhood: the lists an office of June 2021 would have, made from a seed."""

from __future__ import annotations

from linli.demo.neighbourhood import Neighbourhood, generate
from linli.demo.tables import Entry, Planted
from linli.demo.writing import Manifest, write

__all__ = ["Entry", "Manifest", "Neighbourhood", "Planted", "generate", "write"]
