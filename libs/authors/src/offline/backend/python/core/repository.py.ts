/** `app/core/repository.py` of every service. */
export const REPOSITORY_PY = String.raw`"""Reading and writing rows; nothing above this layer knows SQL."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy import orm

from app.core import messages
from app.core.db import Row
from app.core.errors import Conflict
from app.core.paging import Page, PageQuery

RowT = TypeVar("RowT", bound=Row)
Column = orm.InstrumentedAttribute[Any]


class Repository(Generic[RowT]):
    """Rows of one table. Writes are sent at once, so that what the store refuses is known; the session's owner commits."""

    row: type[RowT]
    sortable: ClassVar[Mapping[str, Column]]
    filters: ClassVar[Mapping[str, Column]]

    def __init__(self, session: orm.Session) -> None:
        self._session = session

    def get(self, row_id: uuid.UUID) -> RowT | None:
        """The row of this id."""
        return self._session.get(self.row, row_id)

    def find_by(self, attribute: str, value: object) -> RowT | None:
        """A row whose unique attribute has this value."""
        return self._session.scalar(sa.select(self.row).where(getattr(self.row, attribute) == value))

    def page(self, query: PageQuery) -> Page[RowT]:
        """One page in the order that is asked for; rows that are equal in it go by their id."""
        wanted = [column == getattr(query, name) for name, column in self.filters.items() if _is_given(query, name)]
        column = self.sortable[query.sort_key]
        key = column.desc() if query.is_descending else column.asc()
        rows = sa.select(self.row).where(*wanted).order_by(key, self.row.id).offset(query.offset).limit(query.size)
        total = sa.select(sa.func.count()).select_from(self.row).where(*wanted)
        return Page(rows=self._session.scalars(rows).all(), total=self._session.scalar(total) or 0)

    def add(self, row: RowT) -> RowT:
        """Stores a new row."""
        self._session.add(row)
        return self._sent(row)

    def save(self, row: RowT) -> RowT:
        """Stores what was changed of a row."""
        return self._sent(row)

    def remove(self, row: RowT) -> None:
        """Deletes a row; a Conflict if another one uses it."""
        self._session.delete(row)
        self._flush(messages.ROW_IN_USE)

    def count(self, alike: Mapping[str, Sequence[object]]) -> int:
        """Rows whose attributes each have one of these values."""
        wanted = [getattr(self.row, name).in_(values) for name, values in alike.items()]
        return self._session.scalar(sa.select(sa.func.count()).select_from(self.row).where(*wanted)) or 0

    def lock(self, row_id: uuid.UUID) -> None:
        """Holds whoever else locks this row until the session ends; others may still refer to it."""
        self._session.execute(sa.select(self.row.id).where(self.row.id == row_id).with_for_update(key_share=True))

    def _sent(self, row: RowT) -> RowT:
        self._flush(messages.REFUSED_BY_STORE)
        self._session.refresh(row)
        return row

    def _flush(self, refusal: str) -> None:
        try:
            self._session.flush()
        except sa.exc.IntegrityError as error:
            raise Conflict(refusal) from error


def _is_given(query: PageQuery, name: str) -> bool:
    return getattr(query, name) is not None
`;
