"""Read a list that an office sent: CSV or XLSX, told from the content and not only from the name."""

from __future__ import annotations

from linli.domain.sheets.csv_text import read_csv
from linli.domain.sheets.problem import SheetError
from linli.domain.sheets.sheet import Sheet
from linli.domain.sheets.xlsx_cells import read_xlsx, refuse_old_book

ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06")
BOOKS = ("xlsx", "xlsm")
TEXTS = ("csv", "tsv", "txt")


def read(data: bytes, *, filename: str, row_limit: int = 500_000) -> Sheet:
    """The list in a file: its header and its rows as text, with the line numbers people see.

    Raises SheetError with a code of SHEET_ERRORS when the file as a whole cannot be taken.
    """
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise SheetError("empty_file")
    refuse_old_book(data)
    ending = filename.rpartition(".")[2].lower() if "." in filename else ""
    if data.startswith(ZIP_MARKS):
        if ending in TEXTS:
            raise SheetError("wrong_ending", named=ending, really="xlsx")
        return read_xlsx(data, row_limit=row_limit)
    if ending in BOOKS:
        raise (
            SheetError("broken_xlsx")
            if b"\x00" in data[:1000]
            else SheetError("wrong_ending", named=ending, really="csv")
        )
    return read_csv(data, row_limit=row_limit)
