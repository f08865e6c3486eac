"""The parts of a workbook that hardly change: styles, relations, the table of texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

# The looks of a cell, in the order of `cellXfs` below; each once more in grey for columns to be read only.
LOOKS: Final = ("plain", "text", "quoted", "day", "time", "head")
AS_TEXT, AS_DAY, AS_TIME = 49, 164, 165
FORMATS: Final = {"plain": 0, "text": AS_TEXT, "quoted": AS_TEXT, "day": AS_DAY, "time": AS_TIME, "head": AS_TEXT}
GREY: Final = "FFEFEFEF"


def style(look: str, *, is_grey: bool) -> int:
    """The number of a cell's style."""
    return LOOKS.index(look) + (len(LOOKS) if is_grey else 0)


def column_letters(position: int) -> str:
    """What Excel calls a column; the first is 0."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _styles() -> str:
    def one(look: str, fill: int) -> str:
        quote = ' quotePrefix="1"' if look == "quoted" else ""
        bold = 1 if look == "head" else 0
        return (
            f'<xf numFmtId="{FORMATS[look]}" fontId="{bold}" fillId="{fill}" borderId="0" xfId="0"{quote}'
            f' applyNumberFormat="1" applyFont="1" applyFill="1"/>'
        )

    looks = [one(look, fill) for fill in (0, 2) for look in LOOKS]
    return (
        f'{XML}<styleSheet xmlns="{MAIN}">'
        f'<numFmts count="2"><numFmt numFmtId="{AS_DAY}" formatCode="yyyy\\-mm\\-dd"/>'
        f'<numFmt numFmtId="{AS_TIME}" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>'
        '<fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>'
        '<fills count="3"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill>'
        f'<fill><patternFill patternType="solid"><fgColor rgb="{GREY}"/><bgColor indexed="64"/></patternFill></fill>'
        "</fills>"
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(looks)}">{"".join(looks)}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


FIXED: Final = {
    "_rels/.rels": (
        f'{XML}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/styles.xml": _styles(),
}


def book(titles: Sequence[str], *, columns: int, rows: int) -> dict[str, str]:
    """The parts that name the sheets; the first has a filter over its `columns` and `rows`."""
    numbers = range(1, len(titles) + 1)
    sheets = "".join(
        f'<sheet name={quoteattr(title)} sheetId="{number}" r:id="rId{number}"/>'
        for number, title in zip(numbers, titles, strict=True)
    )
    name = escape(titles[0].replace("'", "''"))
    filtered = (
        '<definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">'
        f"'{name}'!$A$1:${column_letters(columns - 1)}${rows}</definedName></definedNames>"
        if columns
        else ""
    )
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in numbers
    )
    others = {"styles": len(titles) + 1, "sharedStrings": len(titles) + 2}
    links += "".join(
        f'<Relationship Id="rId{number}" Type="{RELATIONS}/{part}" Target="{part}.xml"/>'
        for part, number in others.items()
    )
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{TYPE}.worksheet+xml"/>'
        for number in numbers
    )
    return {
        "[Content_Types].xml": (
            f'{XML}<Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>{types}'
            f'<Override PartName="/xl/styles.xml" ContentType="{TYPE}.styles+xml"/>'
            f'<Override PartName="/xl/sharedStrings.xml" ContentType="{TYPE}.sharedStrings+xml"/></Types>'
        ),
        "xl/workbook.xml": (
            f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><bookViews><workbookView/></bookViews>'
            f"<sheets>{sheets}</sheets>{filtered}</workbook>"
        ),
        "xl/_rels/workbook.xml.rels": f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>',
    }


def texts_part(texts: Iterable[str]) -> str:
    """The table of texts, in their order."""
    items = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in texts)
    return f'{XML}<sst xmlns="{MAIN}">{items}</sst>'
