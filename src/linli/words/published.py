"""Words for what is wrong with published files of a schedule. The reader's messages name the place in the file."""

from __future__ import annotations

import re

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

WHERE = r"(?:(?P<where>/\S*): )?"
MESSAGES: tuple[tuple[str, Promise], ...] = (
    (
        "has a document type or entities, which supporting data never has",
        gettext_lazy("has a document type or entities, which published files never have: not taken, it may do harm"),
    ),
    (r"is not well-formed XML: (?P<error>.*)", gettext_lazy("is broken XML ({error}); fetch it again")),
    (
        r"is not CDSi supporting data: its root is <(?P<root>.*)>",
        gettext_lazy("is another kind of file: it begins with <{root}>"),
    ),
    (r"(?:the zip is )?larger than (?P<most>\d+) MB", gettext_lazy("larger than {most} MB")),
    (
        r"expected \w+SupportingData, found (?P<root>.*)",
        gettext_lazy("is another kind of file: it begins with <{root}>"),
    ),
    (
        r"expected series of one antigen, found (?P<found>.*)",
        gettext_lazy("holds series of {found}, not of one antigen"),
    ),
    (
        r"antigen (?P<antigen>.*) stands in another file too",
        gettext_lazy("antigen {antigen} stands in another file too"),
    ),
    (
        r"vaccine group (?P<group>.*): no file of (?P<missing>.*)",
        gettext_lazy("vaccine group {group} is left out: no file of {missing} can be used"),
    ),
    (
        r"vaccine group (?P<group>.*): its name cannot be used",
        gettext_lazy("vaccine group {group} is left out: its name cannot be used"),
    ),
    (
        "no file of scheduleSupportingData",
        gettext_lazy("The file that spans all antigens is missing, ScheduleSupportingData.xml: hand it in too."),
    ),
    (
        r"\d+ files of scheduleSupportingData: (?P<files>.*)",
        gettext_lazy("More than one file spans all antigens: {files}. Hand in the files of one version."),
    ),
    ("no file of an antigen", gettext_lazy("No file of an antigen is among them: hand in all files of one version.")),
    ("not XML", gettext_lazy("left aside: not XML")),
    ("another file of this name was taken", gettext_lazy("left aside: another file of this name was taken")),
    ("a link, not a file", gettext_lazy("left aside: a link, not a file")),
    ("locked with a password", gettext_lazy("left aside: locked with a password")),
    ("cannot be read", gettext_lazy("cannot be read")),
    (
        r"more than (?P<files>\d+) files or (?P<most>\d+) MB",
        gettext_lazy("More than {files} files or {most} MB: hand in the files of one version alone."),
    ),
    ("is not a zip that can be read", gettext_lazy("This is no zip that can be opened. Fetch it again.")),
    (f"{WHERE}missing", gettext_lazy("{where} is missing")),
    (f"{WHERE}not one of (?P<choices>.*)", gettext_lazy("{where} is none of {choices}")),
    (f"{WHERE}not a date: (?P<said>.*)", gettext_lazy("{where} is not a date: {said}")),
    (f"{WHERE}not a number: (?P<said>.*)", gettext_lazy("{where} is not a number: {said}")),
    (f"{WHERE}(?:not a|no) CVX code(?:: (?P<said>.*))?", gettext_lazy("{where} is not a CVX code")),
    (f"{WHERE}doses are not numbered from 1 on", gettext_lazy("{where}: the doses are not numbered from 1 on")),
)


def problem_words(message: str) -> str:
    """What is wrong with a file, in the reader's language; a message that is not known stays as it is."""
    for pattern, words in MESSAGES:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return str(words).format(**{key: value or "" for key, value in found.groupdict().items()})
    return message


def line_words(file: str, message: str) -> str:
    """A file and what is wrong with it, as one line."""
    said = problem_words(message)
    return _("{file}: {problem}").format(file=file, problem=said) if file else said
