"""A file of streets made ready to be kept, without touching the database: reading one may take a minute."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Ready:
    """The streets of one file as they will be kept: the columns of `StreetNetwork`."""

    sha256: str
    file_name: str
    form: str
    attribution: str
    content: bytes
    node_count: int
    edge_count: int
    piece_count: int
    metres: float
    west: float
    south: float
    east: float
    north: float


def ready(*, name: str, content: bytes, attribution: str = "") -> Ready:
    """Read a file of streets. `attribution` is whose data it is, where the file's own form does not say.

    Raises StreetsError (`linli.domain.walking.streets`) where it cannot be used.
    """
    from linli.domain.walking.streets import packed, read_streets  # brings numba along, which takes a second

    streets = read_streets(name, content)
    if not streets.attribution:
        streets = streets.attributed(" ".join(attribution.split())[:200])
    network = streets.network()
    return Ready(
        sha256=sha256(content).hexdigest(),
        file_name=name[-160:],
        form=streets.form,
        attribution=streets.attribution,
        content=packed(streets),
        node_count=network.node_count,
        edge_count=network.edge_count,
        piece_count=network.piece_count,
        metres=float(network.metres.sum()),
        west=float(network.lon.min()),
        south=float(network.lat.min()),
        east=float(network.lon.max()),
        north=float(network.lat.max()),
    )
