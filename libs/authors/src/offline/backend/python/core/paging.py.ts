/** `app/core/paging.py` of every service. */
export const PAGING_PY = String.raw`"""Pages of a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar

from pydantic import Field

from app.core.schema import Schema

RowT = TypeVar("RowT")


class PageQuery(Schema):
    """Which page is asked for; lists add how it is sorted and filtered."""

    page: Annotated[int, Field(ge=1, le=1000000, json_schema_extra={"format": "int32"})] = 1
    size: Annotated[int, Field(ge=1, le=100, json_schema_extra={"format": "int32"})] = 20
    sort: str

    @property
    def offset(self) -> int:
        """Rows before the page."""
        return (self.page - 1) * self.size

    @property
    def sort_key(self) -> str:
        """The column, without its direction."""
        return self.sort.removeprefix("-")

    @property
    def is_descending(self) -> bool:
        """A dash in front turns the order around."""
        return self.sort.startswith("-")


@dataclass(frozen=True, slots=True)
class Page(Generic[RowT]):
    """Rows of one page, and how many there are in all."""

    rows: Sequence[RowT]
    total: int
`;
