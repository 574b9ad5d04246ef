/** `app/core/service.py` of every service. */
export const SERVICE_PY = String.raw`"""What may be done with rows of any kind; the services of each entity add their own actions."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, Protocol, TypeVar

from app.core import messages
from app.core.db import Row, utc_now
from app.core.errors import Conflict, FieldErrors, NotFound, PreconditionFailed, Unprocessable
from app.core.etag import is_current
from app.core.paging import Page, PageQuery
from app.core.schema import Input

RowT = TypeVar("RowT", bound=Row)


class Rows(Protocol[RowT]):
    """What a service needs of a repository."""

    def get(self, row_id: uuid.UUID) -> RowT | None:
        """The row of this id."""

    def find_by(self, attribute: str, value: object) -> RowT | None:
        """A row whose unique attribute has this value."""

    def page(self, query: PageQuery) -> Page[RowT]:
        """One page as asked for."""

    def add(self, row: RowT) -> RowT:
        """Stores a new row."""

    def save(self, row: RowT) -> RowT:
        """Stores what was changed of a row."""

    def remove(self, row: RowT) -> None:
        """Deletes a row."""

    def count(self, alike: Mapping[str, Sequence[object]]) -> int:
        """Rows whose attributes each have one of these values."""


class Lookup(Protocol):
    """Where a reference must lead to."""

    def get(self, row_id: uuid.UUID) -> Row | None:
        """The row that is referred to."""

    def lock(self, row_id: uuid.UUID) -> None:
        """Holds whoever else locks this row until the session ends."""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many rows share a reference. With a state, only rows in one of the states count."""

    reference: str
    most: int
    state: str | None = None
    states: tuple[str, ...] = ()
    field: str | None = None
    """What the contract calls the reference, where that is no name in Python."""

    def counts(self, row: Row) -> bool:
        """Whether the row is one of those that are counted."""
        refers = getattr(row, self.reference) is not None
        return refers and (self.state is None or getattr(row, self.state) in self.states)

    def alike(self, row: Row) -> dict[str, Sequence[object]]:
        """What the rows that are counted with this one have in common."""
        shared: dict[str, Sequence[object]] = {self.reference: (getattr(row, self.reference),)}
        return shared if self.state is None else shared | {self.state: self.states}


class CrudService(Generic[RowT]):
    """Reads and changes rows, and refuses what the contract refuses."""

    row: type[RowT]
    """What is stored."""
    unique: ClassVar[tuple[str, ...]] = ()
    """Attributes whose values no two rows share."""
    limits: ClassVar[tuple[Limit, ...]] = ()
    """How many rows may share a reference."""

    def __init__(self, rows: Rows[RowT], references: Mapping[str, Lookup]) -> None:
        self._rows = rows
        self._references = references

    def page(self, query: PageQuery) -> Page[RowT]:
        """One page of the list."""
        return self._rows.page(query)

    def get(self, row_id: uuid.UUID) -> RowT:
        """The row, or NotFound."""
        row = self._rows.get(row_id)
        if row is None:
            raise NotFound(messages.NO_SUCH_ROW.format(id=row_id))
        return row

    def create(self, data: Input) -> RowT:
        """A new row with the data, once they keep the rules."""
        self._check(data, None)
        return self._within_limits(self._rows.add(self.row(**data.columns())))

    def update(self, row_id: uuid.UUID, data: Input, if_match: str) -> RowT:
        """Replaces the data of a row that nobody else has changed."""
        row = self._current(row_id, if_match)
        self._check(data, row_id)
        for attribute, value in data.columns().items():
            setattr(row, attribute, value)
        return self._changed(row)

    def delete(self, row_id: uuid.UUID, if_match: str) -> None:
        """Removes a row that nobody else has changed and no other row uses."""
        self._rows.remove(self._current(row_id, if_match))

    def _current(self, row_id: uuid.UUID, if_match: str) -> RowT:
        row = self.get(row_id)
        if not is_current(if_match, row.version):
            raise PreconditionFailed(messages.VERSION_IS.format(version=row.version))
        return row

    def _changed(self, row: RowT) -> RowT:
        """Counts the version up even where no value is another one."""
        row.updated_at = utc_now()
        return self._within_limits(self._rows.save(row))

    def _within_limits(self, row: RowT) -> RowT:
        """Counts once the row is written. Who shares the reference waits for its lock, so no two can both be the last."""
        for limit in self.limits:
            if limit.counts(row):
                self._references[limit.reference].lock(getattr(row, limit.reference))
                if self._rows.count(limit.alike(row)) > limit.most:
                    raise Conflict(errors=[(limit.field or limit.reference, messages.TOO_MANY.format(most=limit.most))])
        return row

    def _check(self, data: Input, row_id: uuid.UUID | None) -> None:
        """References first: a row that may not exist can't clash with another."""
        lost = self._lost_references(data)
        if lost:
            raise Unprocessable(errors=lost)
        taken = self._taken_values(data, row_id)
        if taken:
            raise Conflict(errors=taken)

    def _lost_references(self, data: Input) -> FieldErrors:
        values = data.columns()
        given = [(name, values[name], rows) for name, rows in self._references.items() if values[name] is not None]
        lost = [name for name, target, rows in given if rows.get(target) is None]
        return [(data.contract_name(name), messages.LEADS_NOWHERE) for name in lost]

    def _taken_values(self, data: Input, row_id: uuid.UUID | None) -> FieldErrors:
        values = data.columns()
        given = [(name, values[name]) for name in self.unique if values[name] is not None]
        holders = [(name, self._rows.find_by(name, value)) for name, value in given]
        return [
            (data.contract_name(name), messages.TAKEN_BY.format(id=other.id))
            for name, other in holders
            if other is not None and other.id != row_id
        ]


class StatefulService(CrudService[RowT]):
    """Rows with a state that only actions change."""

    state: ClassVar[str]
    """The attribute that holds it."""

    def _move(self, row_id: uuid.UUID, if_match: str, moves: Mapping[str, str]) -> RowT:
        """From one of the states to the one beside it; a Conflict from any other."""
        row = self._current(row_id, if_match)
        now = getattr(row, self.state)
        if now not in moves:
            raise Conflict(messages.NOT_FROM_STATE.format(state=now, allowed=", ".join(moves)))
        setattr(row, self.state, moves[now])
        return self._changed(row)
`;
