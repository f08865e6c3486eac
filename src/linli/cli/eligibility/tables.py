"""Tables in CSV and Parquet files, by file ending."""

from __future__ import annotations

import codecs
import os
from pathlib import Path

import numpy as np
import polars as pl

from linli.cli.language import gettext as _
from linli.cli.language import ngettext
from linli.domain.calendar import NO_DAY, Days

_SHOWN = 10


class FileError(ValueError):
    """A file that cannot be read or written; the message says where and why."""


def check_format(path: Path) -> None:
    """Refuse a file that is neither CSV nor Parquet by its ending."""
    if path.suffix.lower() not in (".csv", ".parquet"):
        values = {"file": path.name, "found": path.suffix or _("(no ending)")}
        raise FileError(_("%(file)s: unknown format %(found)s; use .csv or .parquet") % values)


def read(path: Path, *, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> pl.DataFrame:
    """Columns of a table; CSV columns come as text. Raises FileError."""
    if not path.is_file():
        raise FileError(_("%(file)s: there is no such file") % {"file": path})
    try:
        parquet = path.suffix.lower() == ".parquet"
        source = path if parquet else _utf8(path)
        names = _names(source, parquet=parquet)
        missing = [name for name in required if name not in names]
        if missing:
            values = {"file": path.name, "missing": ", ".join(missing), "found": ", ".join(names)}
            raise FileError(_("%(file)s: missing columns: %(missing)s; there are: %(found)s") % values)
        wanted = [name for name in (*required, *optional) if name in names]
        if parquet:
            return pl.read_parquet(path, columns=wanted, glob=False, use_statistics=False)
        return pl.read_csv(source, columns=wanted, infer_schema=False, glob=False)
    except (pl.exceptions.PolarsError, OSError, UnicodeDecodeError) as error:
        values = {"file": path.name, "error": str(error).splitlines()[0]}
        raise FileError(_("%(file)s: cannot be read: %(error)s") % values) from error


def check_folder(path: Path) -> None:
    """Refuse a file to write in a folder that is not there, before the work and not after it."""
    if not path.parent.is_dir():
        raise FileError(_("%(file)s: there is no such folder") % {"file": path})


def write(table: pl.DataFrame, path: Path) -> None:
    """Write a table; the file appears whole or not at all."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        if path.suffix.lower() == ".parquet":
            table.write_parquet(part, compression="lz4", statistics=False)
        else:
            table.write_csv(part)
        part.replace(path)
    except OSError as error:
        values = {"file": path, "error": error.strerror or error}
        raise FileError(_("%(file)s: cannot be written: %(error)s") % values) from error
    finally:
        part.unlink(missing_ok=True)


def days(column: pl.Series, path: Path) -> Days:
    """Days of a column of dates or of texts such as 2021-06-20; empty is no date. Raises FileError naming the lines."""
    if column.dtype == pl.String:
        dates = column.str.to_date("%Y-%m-%d", strict=False)
        unread = dates.is_null() & column.is_not_null()
        if unread.any():
            # Spaces around a date and a cell of spaces are no reason to refuse a file.
            trimmed = column.str.strip_chars()
            dates = trimmed.str.to_date("%Y-%m-%d", strict=False)
            unread = dates.is_null() & column.is_not_null() & (trimmed != "")
        if unread.any():
            values = {"file": path.name, "column": column.name, "value": column.filter(unread)[0]}
            message = _("%(file)s: %(column)s: not a date such as 2021-06-20: %(value)s") % values
            raise FileError(f"{message} {places(unread, path)}")
    elif isinstance(column.dtype, pl.Datetime):
        # The day on the wall where the time was taken, which in UTC may be the day before.
        dates = column.dt.replace_time_zone(None).cast(pl.Date)
    elif column.dtype in (pl.Date, pl.Null):
        dates = column.cast(pl.Date)
    else:
        values = {"file": path.name, "column": column.name, "found": str(column.dtype)}
        raise FileError(_("%(file)s: %(column)s: expected dates, found %(found)s") % values)
    return dates.to_physical().fill_null(NO_DAY).to_numpy().astype(np.int32, copy=False)


def texts(column: pl.Series) -> pl.Series:
    """A column as text; whole numbers lose the point that other programs give them where some are missing."""
    if column.dtype.is_float():
        whole = column.cast(pl.Int64, strict=False)
        column = whole if (whole.cast(column.dtype) == column).all() else column
    return column.cast(pl.String)


def places(mask: pl.Series, path: Path) -> str:
    """Where in a file the marked rows stand: lines of a CSV file, rows of a Parquet file, both from 1."""
    csv = path.suffix.lower() == ".csv"
    rows = (mask.arg_true() + (2 if csv else 1)).to_list()
    shown = ", ".join(map(str, rows[:_SHOWN])) + (", ..." if len(rows) > _SHOWN else "")
    if csv:
        text = ngettext("(line %(rows)s)", "(%(count)s lines: %(rows)s)", len(rows))
    else:
        text = ngettext("(row %(rows)s)", "(%(count)s rows: %(rows)s)", len(rows))
    return text % {"rows": shown, "count": len(rows)}


def _names(source: Path | bytes, *, parquet: bool) -> list[str]:
    if parquet:
        return list(pl.read_parquet_schema(source))
    return pl.read_csv(source, n_rows=0, infer_schema=False, glob=False).columns


def _utf8(path: Path) -> Path | bytes:
    """A CSV file as Polars can read it: itself, or its text in UTF-8 if an office computer wrote it in GB18030."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while part := file.read(1 << 20):
                decoder.decode(part)
            decoder.decode(b"", final=True)
            return path
        except UnicodeDecodeError:
            file.seek(0)
            return file.read().decode("gb18030").encode()
