/** `app/core/contract.py` of every service. */
export const CONTRACT_PY = String.raw`"""The contract that this service keeps, as it was designed, and how the routes tell of it."""

import json
import pathlib
from functools import cache
from typing import Annotated, Any

from fastapi import APIRouter, Header, Path, Response

from app.core.errors import PROBLEM_JSON, title_of
from app.core.types import Id

FILE = pathlib.Path(__file__).parent.parent / "contract" / "openapi.json"

router = APIRouter(include_in_schema=False)
RowId = Annotated[Id, Path(alias="id")]
IfMatch = Annotated[str, Header(alias="If-Match", max_length=40)]


@cache
def contract_text() -> str:
    """The document, read once."""
    return FILE.read_text(encoding="utf-8")


@router.get("/openapi.json")
def served_contract() -> Response:
    """The contract itself, not one that is derived from the code."""
    return Response(contract_text(), media_type="application/json")


def base_path() -> str:
    """The path that the contract's server names."""
    servers: list[dict[str, str]] = json.loads(contract_text())["servers"]
    return servers[0]["url"].rstrip("/")


def answers(good: int, *problems: int, headers: tuple[str, ...] = ()) -> dict[int | str, dict[str, Any]]:
    """What a route answers: its success with these headers, and problems."""
    told: dict[int | str, dict[str, Any]] = {
        status: {"description": title_of(status), "content": {PROBLEM_JSON: {}}} for status in problems
    }
    told[good] = {"headers": {name: {"schema": {"type": "string"}} for name in headers}}
    return told
`;
