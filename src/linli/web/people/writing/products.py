"""Products to choose from: the drive's own first, then other vaccines that lists have named."""

from __future__ import annotations

from django.utils.translation import gettext as _

from linli.domain.eligibility import Schedule
from linli.records.programme.models import UNKNOWN_PRODUCT, Programme, Vaccine
from linli.records.programme.queries import rules
from linli.words.reasons import in_language, product_name


class Products:
    """Every known product by its code; asked of the database once. Not among them: the one that nobody knows."""

    def __init__(self, programme: Programme) -> None:
        self.rules = rules(programme)
        self.by_code = {row.code: row for row in Vaccine.objects.order_by("code") if not row.is_unknown}
        self.own = [row.code for row in self.rules.own_vaccines if row.code in self.by_code]

    def choices(self, *, or_unknown: bool = False) -> list[tuple[str, str] | tuple[str, list[tuple[str, str]]]]:
        """The products as options of a select; at last, if wanted, that nobody knows which it was."""
        code, *names = UNKNOWN_PRODUCT
        others = [code for code in self.by_code if code not in self.own]
        own = [(code, self.name(code)) for code in self.own]
        more = [(code, self.name(code)) for code in others]
        return [
            ("", _("Choose the product")),
            (_("Of this drive"), own),
            *([(_("Other vaccines"), more)] if more else []),
            *([(code, in_language(*names))] if or_unknown else []),
        ]

    def name(self, code: str) -> str:
        """A product's name in the reader's language."""
        return vaccine_name(self.by_code[code], self.rules)


def vaccine_name(vaccine: Vaccine, rules: Schedule) -> str:
    """A product's name in the reader's language: the schedule's own, else the register's."""
    if vaccine.code in rules.vaccine_codes:
        return product_name(rules, vaccine.code)
    return in_language(vaccine.name, vaccine.name_en)
