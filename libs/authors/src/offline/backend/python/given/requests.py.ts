/** `app/core/requests.py` of a service for a given contract. */
export const GIVEN_REQUESTS_PY = String.raw`"""Reads what a request carries, as its operation says; whatever breaks the contract is refused here."""

import json
from collections.abc import Mapping
from typing import Any

from fastapi import Request

from app.core.binding import Operation, Parameter
from app.core.errors import BadRequest, NotFound, Unprocessable
from app.core.validation import faults

MAX_KEY = 500
Values = Mapping[tuple[str, str], Any]


def values_of(request: Request, operation: Operation, path: Mapping[str, str]) -> Values:
    """Every parameter that came along, by place and name."""
    found: dict[tuple[str, str], Any] = {}
    for index, parameter in enumerate(operation.parameters):
        raw = raw_values(request, parameter, path)
        if not raw:
            if parameter.required:
                raise BadRequest(f"{parameter.place} parameter {parameter.name} is missing")
            continue
        value = read_value(parameter, raw)
        wrong = faults(value, operation.id, f"parameters/{index}")
        if wrong:
            raise BadRequest(f"{parameter.place} parameter {parameter.name}: {wrong}")
        found[(parameter.place, parameter.name)] = value
    return found


def raw_values(request: Request, parameter: Parameter, path: Mapping[str, str]) -> list[str]:
    """As text; a list may come as one text or as several."""
    if parameter.place == "query":
        raw = request.query_params.getlist(parameter.name)
    else:
        places: Mapping[str, Mapping[str, str]] = {
            "path": path,
            "header": request.headers,
            "cookie": request.cookies,
        }
        one = places[parameter.place].get(parameter.name)
        raw = [] if one is None else [one]
    if parameter.is_list and parameter.separator:
        return [part for text in raw for part in text.split(parameter.separator)]
    return raw


def read_value(parameter: Parameter, raw: list[str]) -> Any:
    """The value that the texts stand for; a text that can't be one stays a text, which its schema then refuses."""
    if parameter.is_list:
        return [read_text(parameter.type, text) for text in raw]
    if len(raw) > 1:
        raise BadRequest(f"{parameter.place} parameter {parameter.name} came more than once")
    return read_text(parameter.type, raw[0])


def read_text(kind: str, text: str) -> Any:
    """ "7" as 7 where a number is meant."""
    if kind == "boolean":
        return {"true": True, "false": False}.get(text, text)
    if kind == "string":
        return text
    try:
        return int(text) if kind == "integer" else number(text)
    except ValueError:
        return text


def number(text: str) -> float:
    """A number as JSON writes it."""
    value = json.loads(text, parse_constant=refuse_constant)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError(text)
    return value


def refuse_constant(name: str) -> Any:
    """NaN and its kind are no JSON."""
    raise ValueError(name)


def body_of(request: Request, operation: Operation, raw: bytes) -> dict[str, Any]:
    """The body as its schema allows it; an optional one that is left out is an empty record."""
    body = operation.body
    if body is None:
        return {}
    if not raw:
        if body.required:
            raise BadRequest("a body is missing")
        return {}
    value = parsed(raw)
    wrong = faults(value, operation.id, "body")
    if wrong:
        raise Unprocessable(wrong)
    if not isinstance(value, dict):
        raise Unprocessable("the body is no object")
    for at in body.refused:
        if holds(value, at):
            raise Unprocessable(f"{'.'.join(at)} can't be taken: the answer must tell more of it than a request says")
    return value


def parsed(raw: bytes) -> Any:
    """JSON that a store can hold."""
    try:
        value = json.loads(raw, parse_constant=refuse_constant)
        text = json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise BadRequest("the body is no JSON") from error
    if b"\\u0000" in text:
        raise Unprocessable("a text holds a NUL, which can't be stored")
    return value


def holds(value: Any, at: tuple[str, ...]) -> bool:
    """Whether there is something at a place."""
    for name in at:
        if not isinstance(value, dict) or name not in value:
            return False
        value = value[name]
    return True


def key_text(value: Any) -> str:
    """A key as it is stored."""
    text = str(value)
    if len(text) > MAX_KEY or not text.isprintable():
        raise NotFound("no record has such a key")
    return text
`;
