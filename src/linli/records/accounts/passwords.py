"""How passwords are hashed, which are refused, and those that the office gives out."""

from __future__ import annotations

import re
import secrets
from datetime import timedelta

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from linli.records.accounts.models import Worker

# No letter or digit that is taken for another when read off paper.
PLAIN = "abcdefghjkmnpqrstuvwxyz23456789"
# What everybody who stands before this installation's door knows, and tries.
OF_THE_PLACE = ("linli", "邻里", "vaccine", "vaccination", "yimiao", "jiezhong", "shequ", "juwei", "jiedao", "covid")
TEMPORARY_FOR = timedelta(hours=72)  # how long a password that the office gave is good
STRONG_ENOUGH = 3  # of 4: "safely unguessable" by zxcvbn, more than a hundred million guesses
LOOKED_AT = 72  # zxcvbn's time grows with the square of the length
NUMBER_OF_A_PERSON = re.compile(r"1[3-9]\d{9}|\d{17}[\dXx]|\d{15}")


class Argon2(Argon2PasswordHasher):
    """Argon2id with the second recommended choice of RFC 9106: 64 MiB, three passes, four lanes.

    Django's own choice takes 100 MiB a sign-in; an office computer answers eight at once.
    """

    time_cost = 3
    memory_cost = 64 * 1024
    parallelism = 4


class Guessable:
    """Refuses a password that somebody who knows people would find: by its words and patterns, not by its letters.

    zxcvbn counts the guesses an attacker needs who knows common passwords, names, dates and keyboards.
    """

    def validate(self, password: str, user: Worker | None = None) -> None:
        """Raises ValidationError."""
        from zxcvbn import zxcvbn  # its word lists take a while to load, and few requests set a password

        known = [*OF_THE_PLACE, *([user.username, user.name] if user else [])]
        looked_at = password[:LOOKED_AT]
        if NUMBER_OF_A_PERSON.search(re.sub(r"[\s-]", "", password)):
            raise ValidationError(_("A phone number or an id is known to others. Choose other words."), "guessable")
        if looked_at and zxcvbn(looked_at, user_inputs=known, max_length=LOOKED_AT)["score"] < STRONG_ENOUGH:
            raise ValidationError(
                _("This password is too easy to guess. Take three or four words that have nothing to do together."),
                "guessable",
            )

    def get_help_text(self) -> str:
        """What a page says before one is chosen."""
        return _("Three or four words that have nothing to do together are strong and easy to remember.")


def temporary_password() -> str:
    """A password for the office to hand out: three groups of four, 59 bits of chance, easy to read off paper."""
    return "-".join("".join(secrets.choice(PLAIN) for _place in range(4)) for _group in range(3))
