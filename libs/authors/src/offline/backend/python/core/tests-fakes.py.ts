/** `tests/fakes.py` of every service. */
export const TESTS_FAKES_PY = String.raw`"""Rows in memory, in place of a repository."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from app.core.db import Row
from app.core.paging import Page, PageQuery


class FakeRows:
    def __init__(self, *rows: Row) -> None:
        self.rows: dict[uuid.UUID, Any] = {}
        for row in rows:
            self.add(row)

    def get(self, row_id: uuid.UUID) -> Any:
        return self.rows.get(row_id)

    def find_by(self, attribute: str, value: object) -> Any:
        return next((row for row in self.rows.values() if getattr(row, attribute) == value), None)

    def page(self, query: PageQuery) -> Page[Any]:
        return Page(rows=list(self.rows.values()), total=len(self.rows))

    def add(self, row: Any) -> Any:
        row.id = row.id or uuid.uuid4()
        row.version = 1
        set_defaults(row)
        self.rows[row.id] = row
        return row

    def save(self, row: Any) -> Any:
        row.version += 1
        return row

    def remove(self, row: Any) -> None:
        del self.rows[row.id]

    def count(self, alike: Mapping[str, Sequence[object]]) -> int:
        return sum(all(getattr(row, name) in values for name, values in alike.items()) for row in self.rows.values())


def set_defaults(row: Row) -> None:
    """Plain values that a store gives to columns that were left out."""
    for attribute in sa.inspect(type(row)).column_attrs:
        default = attribute.columns[0].default
        if isinstance(default, sa.ColumnDefault) and default.is_scalar and getattr(row, attribute.key) is None:
            setattr(row, attribute.key, default.arg)


class Anything:
    """A place where every reference leads to a row."""

    def get(self, row_id: uuid.UUID) -> Row | None:
        return Row.__subclasses__()[0]()

    def lock(self, row_id: uuid.UUID) -> None:
        self.locked = row_id
`;
