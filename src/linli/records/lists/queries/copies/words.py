"""What a copy writes for places, employers and products: by id, in one language."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from linli.records.people.models import Employer
from linli.records.people.queries import chunks
from linli.records.places.models import Area, Building
from linli.records.programme.models import Vaccine
from linli.records.programme.queries import product_words


class PlaceWords:
    """Names of areas, buildings and employers; the same place has the same words in a copy and in a comparison."""

    def __init__(self, language: str) -> None:
        self._is_chinese = language.startswith("zh")
        self._areas: dict[int, str] = {}
        self._buildings: dict[int, str] = {}
        self._employers: dict[int, str] = {}

    def know(
        self,
        *,
        areas: Iterable[int | None] = (),
        buildings: Iterable[int | None] = (),
        employers: Iterable[int | None] = (),
    ) -> None:
        """Read the names of some places, each once."""
        for chunk in chunks(sorted({key for key in areas if key} - set(self._areas))):
            rows = Area.objects.filter(pk__in=chunk).values_list("pk", "name", "name_en")
            self._areas |= {key: self._in_language(*names) for key, *names in rows}
        for chunk in chunks(sorted({key for key in buildings if key} - set(self._buildings))):
            named = Building.objects.filter(pk__in=chunk).values_list("pk", "name", "name_en")
            self._buildings |= {key: self._in_language(*names) for key, *names in named}
        for chunk in chunks(sorted({key for key in employers if key} - set(self._employers))):
            # A firm is found again by the name it is registered with, in any language of the file.
            self._employers |= dict(Employer.objects.filter(pk__in=chunk).values_list("pk", "name"))

    def remember(self, *, areas: Iterable[Area] = (), buildings: Iterable[Building] = ()) -> None:
        """Take the names of places that were read already."""
        self._areas |= {one.pk: self._in_language(one.name, one.name_en) for one in areas}
        self._buildings |= {one.pk: self._in_language(one.name, one.name_en) for one in buildings}

    def area(self, key: int | None) -> str:
        """What an area is called; nothing for none."""
        return self._areas[key] if key else ""

    def building(self, key: int | None) -> str:
        """What a building is called; nothing for none."""
        return self._buildings[key] if key else ""

    def employer(self, key: int | None) -> str:
        """What an employer is called; nothing for none."""
        return self._employers[key] if key else ""

    def _in_language(self, name: str, name_en: str) -> str:
        return name if self._is_chinese else name_en or name


class ProductWords:
    """Names of products in one language, each such that a list may name the product by it."""

    def __init__(self, language: str) -> None:
        self._is_chinese = language.startswith("zh")

    @cached_property
    def words(self) -> dict[str, str]:
        """What lists write for a product, and the code it means."""
        return product_words()

    def of(self, vaccine: Vaccine) -> str:
        """The name of a product; its code where no list would know the name, but words where nobody knows which."""
        name = vaccine.name if self._is_chinese else vaccine.name_en or vaccine.name
        return name if vaccine.is_unknown or self.words.get(name.strip().lower()) == vaccine.code else vaccine.code
