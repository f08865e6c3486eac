"""Who a person or an employer is: resident ids, other documents, credit codes, phones and names."""

from __future__ import annotations

from linli.domain.identity.characters import plain
from linli.domain.identity.document import DOCUMENT_KINDS, Document, document_kind, read_document
from linli.domain.identity.name import read_name
from linli.domain.identity.phone import read_phone
from linli.domain.identity.refusal import IDENTITY_REFUSALS, IdentityError
from linli.domain.identity.resident_id import ResidentId, check_digit, expand, read_resident_id
from linli.domain.identity.uscc import read_uscc

__all__ = [
    "DOCUMENT_KINDS",
    "IDENTITY_REFUSALS",
    "Document",
    "IdentityError",
    "ResidentId",
    "check_digit",
    "document_kind",
    "expand",
    "plain",
    "read_document",
    "read_name",
    "read_phone",
    "read_resident_id",
    "read_uscc",
]
