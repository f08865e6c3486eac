"""Tables in CSV and Parquet files, by file ending."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import polars as pl

from linli.domain.calendar import NO_DAY, Days

_SHOWN = 10


class FileError(ValueError):
    """A file that cannot be read or written; the message says where and why."""


def check_format(path: Path) -> None:
    """Refuse a file that is neither CSV nor Parquet by its ending."""
    if path.suffix.lower() not in (".csv", ".parquet"):
        raise FileError(f"{path.name}: unknown format {path.suffix or '(no ending)'!r}; use .csv or .parquet")


def read(path: Path, *, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> pl.DataFrame:
    """Columns of a table; CSV columns come as text. Raises FileError."""
    if not path.is_file():
        raise FileError(f"{path}: there is no such file")
    try:
        names = _names(path)
        missing = [name for name in required if name not in names]
        if missing:
            raise FileError(f"{path.name}: missing columns: {', '.join(missing)}; there are: {', '.join(names)}")
        wanted = [name for name in (*required, *optional) if name in names]
        if path.suffix.lower() == ".parquet":
            return pl.read_parquet(path, columns=wanted, glob=False, use_statistics=False)
        return pl.read_csv(path, columns=wanted, infer_schema=False, glob=False)
    except (pl.exceptions.PolarsError, OSError, UnicodeDecodeError) as error:
        raise FileError(f"{path.name}: cannot be read: {str(error).splitlines()[0]}") from error


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
        raise FileError(f"{path}: cannot be written: {error.strerror}") from error
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
            first, where = column.filter(unread)[0], places(unread, path)
            raise FileError(f"{path.name}: {column.name}: not a date such as 2021-06-20: {first!r} {where}")
    elif column.dtype == pl.Date or isinstance(column.dtype, pl.Datetime) or column.dtype == pl.Null:
        dates = column.cast(pl.Date)
    else:
        raise FileError(f"{path.name}: {column.name}: expected dates, found {column.dtype}")
    return dates.to_physical().fill_null(NO_DAY).to_numpy().astype(np.int32, copy=False)


def places(mask: pl.Series, path: Path) -> str:
    """Where in a file the marked rows stand: lines of a CSV file, rows of a Parquet file, both from 1."""
    first, word = (2, "line") if path.suffix.lower() == ".csv" else (1, "row")
    rows = (mask.arg_true() + first).to_list()
    more = f" and {len(rows) - _SHOWN:,} more" if len(rows) > _SHOWN else ""
    return f"({word}{'s' if len(rows) > 1 else ''} {', '.join(map(str, rows[:_SHOWN]))}{more})"


def _names(path: Path) -> list[str]:
    if path.suffix.lower() == ".parquet":
        return list(pl.read_parquet_schema(path))
    return pl.read_csv(path, n_rows=0, infer_schema=False, glob=False).columns
