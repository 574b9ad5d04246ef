/** `app/core/records.py` of a service for a given contract. */
export const GIVEN_RECORDS_PY = String.raw`"""The store of records: each is the JSON that the contract speaks, found by its scope and key."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.exc import IntegrityError

from app.core.db import JSON_VALUE, Row
from app.core.errors import Conflict

ATTEMPTS = 5
Document = dict[str, Any]


class Record(Row):
    """What every resource's table has."""

    __abstract__ = True

    @orm.declared_attr.directive
    def __table_args__(cls) -> tuple[sa.Constraint, ...]:
        return (sa.UniqueConstraint("scope", "key"),)

    scope: orm.Mapped[str] = orm.mapped_column(sa.Text())
    key: orm.Mapped[str] = orm.mapped_column(sa.Text())
    document: orm.Mapped[Document] = orm.mapped_column(JSON_VALUE)


@dataclass(frozen=True, slots=True)
class Window:
    """Which records of a list are wanted; without a limit all that are left."""

    offset: int = 0
    limit: int | None = None
    members: Mapping[tuple[str, ...], Sequence[Any]] = field(default_factory=dict)
    made_after: dt.datetime | None = None
    made_before: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a list, as it is shown."""

    items: list[Document]
    window: Window
    total: int


class Records:
    """The records of one resource below one scope."""

    def __init__(self, session: orm.Session, model: type[Record], scope: Sequence[str]) -> None:
        self._session = session
        self._model = model
        self._scope = json.dumps(list(scope), ensure_ascii=False)

    def find(self, key: str) -> Record | None:
        """The record with this key."""
        return self._session.scalar(self._all().where(self._model.key == key))

    def page(self, window: Window) -> tuple[Sequence[Record], int]:
        """The records of a window in the order in which they were made, and how many there are in all."""
        wanted = self._narrowed(window)
        total = self._session.scalar(sa.select(sa.func.count()).select_from(wanted.subquery())) or 0
        rows = wanted.order_by(self._model.created_at, self._model.id).offset(window.offset).limit(window.limit)
        return self._session.scalars(rows).all(), total

    def add(self, key: str, document: Document) -> Record:
        """A new record; Conflict when the key is taken."""
        record = self._model(scope=self._scope, key=key, document=document)
        try:
            with self._session.begin_nested():
                self._session.add(record)
        except IntegrityError as error:
            raise Conflict(f"there is a record {key} already") from error
        return record

    def next_number(self) -> int:
        """One more than the greatest that is there."""
        numbers = sa.select(sa.func.max(sa.cast(self._model.key, sa.BigInteger))).where(
            self._model.scope == self._scope
        )
        return (self._session.scalar(numbers) or 0) + 1

    def change(self, record: Record, document: Document) -> None:
        """The record holds this from now on."""
        record.document = document
        self._session.flush()

    def remove(self, record: Record) -> None:
        """The record is gone."""
        self._session.delete(record)
        self._session.flush()

    def _all(self) -> sa.Select[Record]:
        return sa.select(self._model).where(self._model.scope == self._scope)

    def _narrowed(self, window: Window) -> sa.Select[Record]:
        wanted = self._all()
        for at, values in window.members.items():
            wanted = wanted.where(value_at(self._model.document[at], values[0]).in_(values))
        if window.made_after is not None:
            wanted = wanted.where(self._model.created_at >= window.made_after)
        if window.made_before is not None:
            wanted = wanted.where(self._model.created_at <= window.made_before)
        return wanted


def value_at(member: Any, sample: Any) -> sa.ColumnElement[Any]:
    """A member of the document as the type of the values that it is compared with."""
    readers = {bool: member.as_boolean, int: member.as_integer, float: member.as_float}
    found: sa.ColumnElement[Any] = readers.get(type(sample), member.as_string)()
    return found
`;
