"""The tables of every noun, lowest noun first (Django looks here)."""

from linli.records.accounts.models import Attempt, Device, Grant, RecoveryCode, Sitting, Slip, TimeCode, Worker
from linli.records.doses.models import Correction, Dose, Forecast, Status, StatusEnd
from linli.records.duplicates.models import Merge, Pair
from linli.records.journal.models import Entry, Subject
from linli.records.keys.models import KeyMark
from linli.records.lists.models import Export, List, Row
from linli.records.people.models import Document, Employer, Household, Listing, Name, Person, Phone, Source, Stay
from linli.records.places.models import Area, Building, Door, StreetNetwork
from linli.records.programme.models import Drive, Library, Programme, Vaccine
from linli.records.retention.models import Tally, TallySpan

__all__ = [
    "Area",
    "Attempt",
    "Building",
    "Correction",
    "Device",
    "Document",
    "Door",
    "Dose",
    "Drive",
    "Employer",
    "Entry",
    "Export",
    "Forecast",
    "Grant",
    "Household",
    "KeyMark",
    "Library",
    "List",
    "Listing",
    "Merge",
    "Name",
    "Pair",
    "Person",
    "Phone",
    "Programme",
    "RecoveryCode",
    "Row",
    "Sitting",
    "Slip",
    "Source",
    "Status",
    "StatusEnd",
    "Stay",
    "StreetNetwork",
    "Subject",
    "Tally",
    "TallySpan",
    "TimeCode",
    "Vaccine",
    "Worker",
]
