"""Triggers by which the database itself keeps the journal append-only, in both dialects."""

from __future__ import annotations

TABLES = ("journal_entry", "journal_subject")
MESSAGE = "the journal is append-only"


def create(vendor: str) -> list[str]:
    """Statements that make the triggers; `vendor` is sqlite or postgresql."""
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            for table in TABLES
            for event in ("UPDATE", "DELETE")
        ]
    function = (
        "CREATE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$"
    )
    triggers = [
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION journal_refuse()"
        for table in TABLES
    ]
    return [function, *triggers]


def drop(vendor: str) -> list[str]:
    """Statements that take the triggers away again."""
    if vendor == "sqlite":
        return [f"DROP TRIGGER {table}_no_{event}" for table in TABLES for event in ("update", "delete")]
    return [*(f"DROP TRIGGER {table}_append_only ON {table}" for table in TABLES), "DROP FUNCTION journal_refuse()"]
