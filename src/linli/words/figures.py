"""Words for the figures of a board: what each counts, out of whom, and how it is defined."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# The columns of a board's table and export, by the field of `Coverage`.
COLUMNS: dict[str, Promise] = {
    "people": _("People"),
    "offered": _("Inside the ages open that day"),
    "first": _("With a first dose"),
    "full": _("All doses done"),
    "first_offered": _("With a first dose, inside the ages"),
    "full_offered": _("All doses done, inside the ages"),
    "due": _("Due"),
    "waiting": _("Waiting"),
    "overdue": _("Overdue"),
    "not_eligible": _("Not eligible"),
    "unknown": _("Unknown"),
    "refused": _("Refused"),
    "contraindicated": _("Cannot have it"),
    "deferred": _("Deferred"),
    "moved": _("Moved away"),
    "first_proven": _("With a first dose, proven"),
    "full_proven": _("All doses done, proven"),
    "told_only": _("Told of doses without a paper"),
    "second_past": _("Second dose: last day on time has passed"),
    "second_timely": _("Of these, had it on time"),
    "finish_past": _("All doses: last day on time has passed"),
    "dropped": _("Of these, did not finish"),
    "entering": _("Enters its window"),
    "last_days": _("Last seven days"),
}
SHARES: dict[str, Promise] = {
    "first_share": _("First-dose coverage"),
    "first_offered_share": _("First-dose coverage, inside the ages"),
    "first_proven_share": _("First-dose coverage, proven doses alone"),
    "full_share": _("Full-course coverage"),
    "full_offered_share": _("Full-course coverage, inside the ages"),
    "full_proven_share": _("Full-course coverage, proven doses alone"),
    "dropout_share": _("Drop-out"),
    "classic_dropout_share": _("Drop-out, classic form"),
    "timely_share": _("Timely second dose"),
    "unknown_share": _("Unknown"),
}
DEFINITIONS: dict[str, Promise] = {
    "first_share": _("People with a valid first dose, out of everybody counted; refused and contraindicated stay in."),
    "first_offered_share": _("The same among those whose age is inside the ages open that day."),
    "first_proven_share": _("The same without doses that somebody only told of: those in a register or on a paper."),
    "full_share": _("People with every dose of their course, a one-dose product included, out of everybody counted."),
    "full_offered_share": _("The same among those whose age is inside the ages open that day."),
    "full_proven_share": _("The same without doses that somebody only told of: those in a register or on a paper."),
    "dropout_share": _("Began, and did not finish, out of those whose last day on time for all doses has passed."),
    "classic_dropout_share": _(
        "Began and not finished, out of all who began, whether or not their last day has passed."
    ),
    "timely_share": _("Had the second dose by its last day on time, out of those for whom that day has passed."),
    "unknown_share": _("No list that covers doses names them: they may have been vaccinated elsewhere."),
}
# The whole phrase is one message, since languages order it differently.
OUT_OF: dict[str, Promise] = {
    "living": _("{part} of {whole} living here"),
    "registered": _("{part} of {whole} registered here"),
    "working": _("{part} of {whole} working here"),
}
COUNTED: dict[str, Promise] = {
    "living": _("Counted: everybody living here, wherever they are registered."),
    "registered": _("Counted: everybody registered here, also those who live elsewhere."),
    "working": _("Counted: everybody working here, wherever they live."),
}
PEOPLE_HERE: dict[str, Promise] = {
    "living": _("People living here"),
    "registered": _("People registered here"),
    "working": _("People working here"),
}
NOBODY: dict[str, Promise] = {
    "living": _("Nobody living here is in the register"),
    "registered": _("Nobody registered here is in the register"),
    "working": _("Nobody working here is in the register"),
}
