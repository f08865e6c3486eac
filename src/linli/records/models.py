"""The tables of every noun, lowest noun first (Django looks here)."""

from linli.records.accounts.models import Grant, Worker
from linli.records.doses.models import Dose, Forecast
from linli.records.journal.models import Entry, Subject
from linli.records.lists.models import List, Row
from linli.records.people.models import Document, Employer, Household, Listing, Name, Person, Phone, Source, Stay
from linli.records.places.models import Area, Building, Door
from linli.records.programme.models import Drive, Programme, Vaccine

__all__ = [
    "Area",
    "Building",
    "Document",
    "Door",
    "Dose",
    "Drive",
    "Employer",
    "Entry",
    "Forecast",
    "Grant",
    "Household",
    "List",
    "Listing",
    "Name",
    "Person",
    "Phone",
    "Programme",
    "Row",
    "Source",
    "Stay",
    "Subject",
    "Vaccine",
    "Worker",
]
