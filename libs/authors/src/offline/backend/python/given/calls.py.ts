/** `app/core/calls.py` of a service for a given contract. */
export const GIVEN_CALLS_PY = String.raw`"""A request as it was read, and how it is answered."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import Request, Response
from sqlalchemy import orm

from app.core.binding import Operation, Resource
from app.core.errors import NotFound
from app.core.records import Document, Record, Records
from app.core.requests import Values, key_text
from app.models import MODELS


@dataclass(frozen=True, slots=True)
class Call:
    """One request, read and allowed."""

    request: Request
    session: orm.Session
    operation: Operation
    resource: Resource
    path: Mapping[str, str]
    values: Values
    body: Document

    @property
    def scope(self) -> list[str]:
        """What the path says before the record."""
        return [self.path[name] for name in self.resource.scope]

    @property
    def key(self) -> str:
        """What tells the record apart; a single record has no key."""
        parameter = self.operation.key_parameter
        return "" if parameter is None else key_text(self.values[("path", parameter)])

    @property
    def records(self) -> Records:
        """The records that this request is about."""
        return Records(self.session, MODELS[self.resource.name], self.scope)

    def record(self) -> Record:
        """The one record that the path names."""
        found = self.records.find(self.key)
        if found is None:
            raise NotFound("there is no such record")
        return found


def path_names(path: str) -> list[str]:
    """The parameters of a path, in order."""
    return [part[1:-1] for part in path.split("/") if part.startswith("{")]


def shown(call: Call, document: Document) -> Document:
    """The members that the answer knows."""
    success = call.operation.success
    if success is None or success.members is None:
        return document
    return {name: document[name] for name in success.members if name in document}


def answer(call: Call, value: Any, status: int | None = None, headers: Mapping[str, str] | None = None) -> Response:
    """The success that the contract describes."""
    success = call.operation.success
    code = status or (success.status if success else 200)
    if success is None or success.shape == "none" or code in (204, 205):
        return Response(status_code=code, headers=dict(headers or {}))
    return Response(json.dumps(value, ensure_ascii=False), code, dict(headers or {}), success.media)
`;
