"""Words for the verbs of the journal."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, Promise] = {
    "accounts.close": _("Closed a login"),
    "accounts.enrol": _("Made a login"),
    "accounts.grant": _("Granted a role"),
    "accounts.set_password": _("Set a password"),
    "backup.restore": _("Put a backup in place"),
    "doses.forecast": _("Drew the forecast anew"),
    "doses.record": _("Wrote down doses"),
    "lists.apply": _("Applied a list"),
    "lists.decide": _("Decided a row in doubt"),
    "lists.mend": _("Mended a row"),
    "lists.receive": _("Received a list"),
    "lists.set_aside": _("Set a list aside"),
    "lists.stage": _("Judged a list"),
    "lists.take_away": _("Exported rows of a list"),
    "people.know_employers": _("Wrote down employers"),
    "people.open_source": _("Opened a source"),
    "people.rebuild": _("Rebuilt the shown facts"),
    "people.record": _("Wrote down people"),
    "places.draw_areas": _("Drew areas"),
    "places.draw_buildings": _("Drew buildings"),
    "places.draw_doors": _("Drew doors"),
    "programme.adopt": _("Adopted a schedule"),
    "programme.know_vaccines": _("Made vaccines known"),
    "programme.open_drive": _("Opened a drive"),
    "reports.export": _("Exported the due list"),
}
DETAILS: dict[str, Promise] = {
    "area": _("area"),
    "bad": _("bad"),
    "bytes": _("size"),
    "changed": _("changed"),
    "code": _("code"),
    "covers_doses": _("covers doses"),
    "cvx": _("CVX"),
    "doors": _("doors"),
    "doses": _("doses"),
    "doubt": _("in doubt"),
    "line": _("line"),
    "new": _("new"),
    "on": _("day"),
    "people": _("people"),
    "programme": _("programme"),
    "rank": _("rank"),
    "refused": _("cannot be read"),
    "role": _("role"),
    "rows": _("rows"),
    "same": _("unchanged"),
    "source": _("source"),
    "username": _("sign-in name"),
    "version": _("version"),
}
