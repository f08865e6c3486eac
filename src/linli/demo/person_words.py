"""What lists say of a person: columns and places as words, quick to read row by row."""

from __future__ import annotations

from datetime import date

from linli.demo.neighbourhood import Neighbourhood
from linli.demo.places_lists import stair_text


class Who:
    """Columns of the people as plain lists, quick to read row by row."""

    def __init__(self, n: Neighbourhood) -> None:
        people = n.people
        self.name: list[str] = people.name.tolist()
        self.sex = ["女" if female else "男" for female in people.female.tolist()]
        self.birth: list[date] = people.birth.tolist()
        self.document: list[int] = people.document.tolist()
        self.number: list[str] = people.number.tolist()
        self.phone = [str(number) if number else "" for number in people.phone.tolist()]
        self.role: list[int] = people.role.tolist()
        self.belongs: list[int] = people.belongs.tolist()
        self.elsewhere: list[str] = people.elsewhere.tolist()


class Where:
    """The door of each person, in the words of a list."""

    def __init__(self, n: Neighbourhood) -> None:
        self._n = n
        self._door: list[int] = n.people.door.tolist()
        self._house: list[int] = n.people.household.tolist()
        self._building: list[int] = n.doors.building.tolist()
        self._room: list[int] = n.doors.room.tolist()
        self._stair = [
            stair_text(n, place, stair) for place, stair in zip(self._building, n.doors.stair.tolist(), strict=True)
        ]
        self._committees = {area.code: area.name for area in n.areas if area.level == "committee"}

    def committee(self, p: int) -> str:
        """The name of the committee."""
        return self._committees[self._n.buildings[self._building[self._door[p]]].area.split("-")[0]]

    def building(self, p: int, *, by_code: bool = False) -> str:
        """The name of the building, or its code."""
        building = self._n.buildings[self._building[self._door[p]]]
        return building.code if by_code else building.name

    def stair(self, p: int) -> str:
        """The stair, empty where there is one only."""
        return self._stair[self._door[p]]

    def door(self, p: int) -> str:
        """The room."""
        return str(self._room[self._door[p]])

    def household(self, p: int) -> str:
        """The number of the household."""
        return f"H{self._house[p] + 1:06d}"

    def address(self, p: int) -> str:
        """Building, stair and room in one."""
        stair = self.stair(p)
        return f"{self.building(p)}{stair + '单元' if stair else ''}{self.door(p)}室"
