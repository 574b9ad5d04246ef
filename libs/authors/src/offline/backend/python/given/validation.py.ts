/** `app/core/validation.py` of a service for a given contract. */
export const GIVEN_VALIDATION_PY = String.raw`"""Holds values against the contract's own schemas."""

from functools import cache
from typing import Any

import jsonschema_rs

from app.core.binding import schemas

MAX_FAULTS = 5


@cache
def validator_at(place: str) -> jsonschema_rs.Draft202012Validator:
    """For the schema at a place of the document: /operations/createPet/body."""
    whole = schemas()
    return jsonschema_rs.Draft202012Validator({**whole, "$ref": f"#{place}"}, validate_formats=True)


def has_schema(operation: str, part: str) -> bool:
    """Whether the contract says what this part looks like."""
    return part in schemas()["operations"].get(operation, {})


def faults(value: Any, operation: str, part: str) -> str:
    """What of a value breaks the contract, for people; empty when nothing does."""
    validator = validator_at(f"/operations/{operation}/{part}")
    if validator.is_valid(value):
        return ""
    found = [
        f"{'.'.join(str(step) for step in error.instance_path) or 'it'}: {error.message}"
        for _, error in zip(range(MAX_FAULTS), validator.iter_errors(value), strict=False)
    ]
    return "; ".join(found)
`;
