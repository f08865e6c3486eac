"""Words for what rows say of a person beyond their doses: statuses with their reasons, evidence, corrections."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Why a person does not want it, as they say it; nobody has to give a reason.
REFUSALS: dict[str, Promise] = {
    "no_reason": _("Gives no reason"),
    "wants_to_wait": _("Wants to wait and see"),
    "side_effects": _("Fears side effects"),
    "own_illness": _("Fears for an illness of their own"),
    "other_product": _("Wants another product"),
    "no_need": _("Sees no need"),
    "other": _("Another reason"),
}
DEFERRALS: dict[str, Promise] = {
    "acute_illness": _("Fever or acute illness"),
    "chronic_uncontrolled": _("Chronic illness, not under control now"),
    "pregnancy": _("Pregnancy"),
    "breastfeeding": _("Breastfeeding"),
    "other_vaccine": _("Had another vaccine"),
    "medication": _("On medication that speaks against it now"),
    "other": _("Another reason"),
}
# The five of the national guideline, first edition (National Health Commission, 29 March 2021), and what it leaves out.
CONTRAINDICATIONS: dict[str, Promise] = {
    "allergy": _("Allergy to an ingredient, or to a vaccine of the same kind"),
    "severe_reaction": _("Severe reaction to a vaccine before: anaphylaxis, angio-oedema, trouble breathing"),
    "neurological": _("Epilepsy not under control, or another serious illness of the nerves"),
    "severe_illness": _("Fever, acute illness, or a severe chronic illness not under control"),
    "pregnancy": _("Pregnancy"),
    "other": _("Another reason"),
}
REASONS: dict[str, dict[str, Promise]] = {
    "refused": REFUSALS,
    "deferred": DEFERRALS,
    "contraindicated": CONTRAINDICATIONS,
}
TOLD_BY: dict[str, Promise] = {
    "self": _("the person"),
    "guardian": _("the guardian"),
    "family": _("the family"),
    "staff": _("a worker"),
}
EVIDENCE: dict[str, Promise] = {
    "record": _("In a register"),
    "paper": _("Paper seen"),
    "told": _("Told, no paper"),
}
ENDS: dict[str, Promise] = {
    "reversed": _("Ended"),
    "mistake": _("Written down by mistake"),
}
# What a correction says of the dose it strikes.
CORRECTIONS: dict[str, Promise] = {
    "person": _("Wrong person"),
    "product": _("Wrong product"),
    "day": _("Wrong day"),
    "number": _("Wrong dose number"),
    "details": _("Wrong lot, place or evidence"),
    "not_given": _("Never given"),
    "undone": _("Taken back"),
}
# How a status is told at the top of a person's page; {until} is the first day on which a dose may be given again.
STANDS: dict[str, Promise] = {
    "moved": _("Moved away from here on {on}."),
    "refused": _("Has not wanted the vaccination since {on}; said by {told_by}."),
    "contraindicated": _("Cannot have the vaccine: {paper}."),
    "contraindicated_until": _("Cannot have the vaccine until {until}: {paper}."),
    "deferred": _("Put off; may be given again from {until}."),
}
# The same in the least room, for a row of a list.
SHORT: dict[str, Promise] = {
    "moved": _("Moved away on {on}."),
    "refused": _("Does not want it. Respect that, do not call."),
    "contraindicated": _("A paper says no."),
    "contraindicated_until": _("A paper says no until {until}."),
    "deferred": _("May be given again from {until}."),
}
# What follows for whoever works the list.
NEXT: dict[str, Promise] = {
    "moved": _("They are not counted or listed here any more. If they come back, end this status."),
    "refused": _(
        "This is their right, and final. Do not call or visit about it again. If they themselves change their mind, "
        "end the refusal."
    ),
    "contraindicated": _("Do not offer it. Only another paper changes that."),
    "deferred": _("Do not offer it before that day. From then on they are on the due list again by themselves."),
}


def reason_words(kind: str, code: str) -> str:
    """A reason's code in words; one that is not known stays as it is, none is empty."""
    return str(REASONS.get(kind, {}).get(code, code))


def stands(kind: str, *, short: bool = False, until: str = "", **values: str) -> str:
    """The sentence of a status; `values` are on, told_by and paper, in words."""
    words = SHORT if short else STANDS
    key = f"{kind}_until" if until and f"{kind}_until" in words else kind
    return str(words[key]).format(until=until, **values)
