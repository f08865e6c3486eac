"""A schedule with what each request looks up in it: vaccines, vaccine groups and observations by their codes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

from linli.domain.eligibility import Schedule, match_products
from linli.domain.eligibility.supporting_data.xml import cvx
from linli.fhir.codes import BEGAN, CVX, DISEASES, GROUPS, SNOMED, SYSTEMS
from linli.words.reasons import product_name

Concept = dict[str, Any]

# What once happened to somebody speaks of them for ever; a condition that is over does not.
_LASTS = re.compile(
    r"reaction|allerg|hypersensitiv|history|evidence|encephalopathy|intussusception|administration|transfusion"
    r"|transplant|IGIV|receipt|received",
    re.IGNORECASE,
)


class Rules:
    """A schedule, and its codes as FHIR writes them."""

    def __init__(self, schedule: Schedule) -> None:
        self.schedule = schedule

    @cached_property
    def groups(self) -> dict[str, str]:
        """Names of vaccine groups by their folded names and by the CVX codes of the groups."""
        names = [group.name for group in self.schedule.groups]
        found = {code: name for name, code in GROUPS.items() if name in names}
        for name in names:
            found |= {self.group_name(name).casefold(): name, name.casefold(): name}
        return found

    @cached_property
    def group_of_antigen(self) -> dict[str, str]:
        """The vaccine group each antigen is forecast with."""
        return {antigen: group.name for group in self.schedule.groups for antigen in group.antigens}

    def vaccine(self, code: str, *names: str) -> str:
        """The schedule's code of a vaccine by its CVX code or, where there is none, by a name; else what was given."""
        if code in self._vaccine_of_cvx:
            return self._vaccine_of_cvx[code]
        if code:
            return code
        for place in match_products(self.schedule, names).tolist():
            if place >= 0:
                return str(self.schedule.vaccine_codes[place])
        return ""

    def vaccine_concept(self, vaccine: str) -> Concept:
        """A vaccine of the schedule as a coded concept."""
        codes = next((row.cvx for row in self.schedule.vaccines if row.code == vaccine), ())
        name = product_name(self.schedule, vaccine)
        concept: Concept = {"text": name}
        if codes:
            concept["coding"] = [{"system": CVX, "code": codes[0], "display": name}]
        return concept

    def group_concept(self, group: str) -> Concept:
        """A vaccine group as a coded concept: its unspecified formulation."""
        concept: Concept = {"text": self.group_name(group)}
        if group in GROUPS:
            code = GROUPS[group]
            name = product_name(self.schedule, self._vaccine_of_cvx.get(code, self.group_name(group)))
            concept["coding"] = [{"system": CVX, "code": code, "display": name}]
        return concept

    def group_name(self, group: str) -> str:
        """A vaccine group's name; the one of a programme of one disease is the programme's code."""
        return "COVID-19" if group == self.schedule.code and group.startswith("covid-19") else group

    def disease(self, *antigens: str) -> Concept:
        """What one antigen, or several, protect against; FHIR has room for one concept, so several are named alone."""
        names = [self.group_name(antigen) for antigen in antigens]
        concept: Concept = {"text": ", ".join(names)}
        if len(antigens) == 1 and antigens[0] in DISEASES:
            code, display = DISEASES[antigens[0]]
            concept["coding"] = [{"system": SNOMED, "code": code, "display": display}]
        return concept

    def observations(self, concept: Concept) -> tuple[str, ...]:
        """The schedule's codes for what a concept says; where several codings of it are known, what they agree on."""
        found = [known for one in concept.get("coding", ()) if (known := self._observations_of(one))]
        if not found:
            return ()
        agreed = set(found[0]).intersection(*found[1:])
        return tuple(dict.fromkeys(code for one in found for code in one if not agreed or code in agreed))

    def lasts(self, observation: str) -> bool:
        """Whether an observation goes on to speak of somebody after the condition itself is over."""
        return observation in self._lasting

    def began(self, observation: str) -> str:
        """The observation of the day on which a state began; "" where the schedule counts from no such day."""
        code = BEGAN.get(observation, "")
        return code if code in self._own else ""

    @cached_property
    def _vaccine_of_cvx(self) -> dict[str, str]:
        return {cvx(code): row.code for row in self.schedule.vaccines for code in row.cvx}

    def _observations_of(self, coding: Concept) -> tuple[str, ...]:
        system = SYSTEMS.get(coding.get("system", ""))
        code = str(coding.get("code", "")).strip()
        if system == "CDSI":
            own = code.zfill(3)
            return (own,) if own in self._own else ()
        return tuple(self._coded.get((system, cvx(code) if system == "CVX" else code), ())) if system else ()

    @cached_property
    def _own(self) -> frozenset[str]:
        return frozenset(one.code for one in self.schedule.observations)

    @cached_property
    def _coded(self) -> dict[tuple[str, str], list[str]]:
        found: dict[tuple[str, str], list[str]] = {}
        for one in self.schedule.observations:
            for system, code in dict.fromkeys(one.coded):
                found.setdefault((system, cvx(code) if system == "CVX" else code), []).append(one.code)
        return found

    @cached_property
    def _lasting(self) -> frozenset[str]:
        rows = [row for series in self.schedule.series for dose in series.doses for row in dose.intervals]
        proof = {code for antigen in self.schedule.antigens for code in antigen.immune_observations}
        starts = {row.from_observation for row in rows if row.from_observation}
        titles: Iterable[str] = (one.code for one in self.schedule.observations if _LASTS.search(one.title))
        return frozenset({*proof, *starts, *titles})


Choice = Callable[[str], Rules]
"""Gives the schedule of a code, "" for the one that judges by default. Raises LookupError where there is none."""
