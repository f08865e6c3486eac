"""Writing things down of the people of the invented street, as a browser does it."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.test import Client
from street import Street

from linli.records.doses.models import Dose, Forecast
from linli.records.people.models import Person


def text_of(answer: Any) -> str:
    """What the page says, without its tags."""
    main = answer.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", main)).split())


@dataclass(frozen=True)
class Desk:
    """A browser in which a worker is signed in, over the street."""

    client: Client
    street: Street

    def person(self, name: str) -> Person:
        """Somebody of the street, as they are in the register now."""
        return Person.objects.get(name=name)

    def address(self, name: str, more: str = "") -> str:
        """The address of somebody's page, or of one below it."""
        return f"/people/{self.person(name).public_id}/{more}"

    def page(self, name: str, **values: str) -> str:
        """What somebody's page says."""
        return text_of(self.client.get(self.address(name), values))

    def send(self, name: str, more: str, **values: Any) -> HttpResponse:
        """Send a form of somebody; the answer is that of the page one is led to."""
        return self.client.post(self.address(name, more), values, follow=True)  # type: ignore[return-value]

    def said(self, name: str, more: str, **values: Any) -> str:
        """What the page says after a form was sent."""
        return text_of(self.send(name, more, **values))

    def write_and_undo(self, name: str, more: str, **values: Any) -> str:
        """Write something down and take it back at once with the button of the message."""
        return self.undo_of(name, self.send(name, more, **values))

    def undo_of(self, name: str, answer: Any) -> str:
        """Press the button in the message of a page that was just shown."""
        form = answer.content.decode().split('class="notice tone-complete"', 1)[1].split("</form>", 1)[0]
        values = dict(re.findall(r'<input type="hidden" name="(what|key)" value="([^"]*)"', form))
        return self.said(name, "undo/", **values)

    def state(self, name: str, on: str = "2021-06-20") -> str:
        """How somebody stands on a day, as the due list has it."""
        rows = self.client.get("/due/", {"group": "people", "on": on}).context["page"]
        found = [line.due.state for line in rows if line.person.name == name]
        moved = self.client.get("/due/", {"group": "moved", "on": on}).context["page"]
        found += [line.due.state for line in moved if line.person.name == name]
        return found[0]

    def dose(self, name: str, place: int = 0) -> Dose:
        """A standing dose of somebody, by its place in order of days."""
        return list(Dose.objects.filter(person__name=name, is_struck=False).order_by("given_on"))[place]


def forecast_of(name: str) -> list[tuple[Any, ...]]:
    """The stored forecast of somebody, for comparing before and after."""
    columns = ("since_on", "until_on", "valid_doses", "next_dose", "reason", "register_state", "completed_on")
    return list(Forecast.objects.filter(person__name=name).order_by("since_on").values_list(*columns))
