"""Words for what is wrong with a file of streets: what it is, and what to do."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: Mapping[str, Promise] = {
    "bad_cell": _("Line {line}, column {column}: “{said}” cannot be used. Mend it and load the file again."),
    "bad_element": _("An element <{tag}> has no usable {name}: “{said}”. Export the streets again."),
    "bad_line": _("Line {number} of the file's streets has points that are no pairs of numbers. Export it again."),
    "bad_node": _("Node {id} has no position. Export the streets again."),
    "broken_csv": _("The table is broken at line {line}. Save it again as CSV."),
    "broken_json": _("The file is broken JSON (line {line}). Export the streets again."),
    "broken_pbf": _("The .osm.pbf file is broken, perhaps cut off on its way. Fetch it again."),
    "broken_xml": _("The file is broken XML (line {line}), perhaps cut off on its way. Fetch it again."),
    "empty": _("The file is empty. Export the streets again."),
    "hostile_xml": _("The file has a document type or entities, which streets never have: not taken, it may do harm."),
    "kept_badly": _("The streets kept in the database can no longer be read. Load the file again."),
    "no_columns": _("The table lacks columns: {columns}. The first line must name from_lon, from_lat, to_lon, to_lat."),
    "no_geojson": _("This JSON is no GeoJSON. Export the streets as lines in GeoJSON."),
    "no_streets": _(
        "No street that people walk stands in the file. For OpenStreetMap, export ways with their nodes and the tag "
        "highway."
    ),
    "no_text": _("The table is no text in UTF-8 or GB 18030. Save it again as CSV."),
    "not_on_earth": _(
        "A point lies at {lon}, {lat}: these are no degrees of longitude and latitude. Export the streets in WGS 84."
    ),
    "other_crs": _("The file counts in {crs}. Export the streets in WGS 84, in degrees."),
    "other_file": _(
        "This is another kind of file: it begins with <{root}>. Streets come as .osm, .osm.pbf, GeoJSON or CSV."
    ),
    "packed": _("The file is packed. Unpack it first."),
    "too_large": _("The file is larger than {most} MB. Cut out your city."),
    "too_many": _("The file has more than {most} stretches of street. Cut out your city."),
    "too_short": _(
        "Line {line}: {metres} m is less than the straight line of {straight} m. Mend it and load the file again."
    ),
    "two_places": _("Line {line}: node {node} lies at another place than before. Mend it and load the file again."),
    "unknown_form": _("This is no file of streets that linli knows: .osm, .osm.pbf, GeoJSON or CSV."),
}


def refusal_words(code: str, values: Mapping[str, object]) -> str:
    """Why a file of streets is not taken, in the reader's language."""
    return str(REFUSALS[code]).format(**values)
