/** `tests/samples/sample.py` of every service. */
export const TESTS_SAMPLE_PY = String.raw`"""What the tests know of an entity: bodies that the contract accepts, and values that it refuses."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from app.core.db import Row
from app.core.repository import Repository
from app.core.schema import Input, Stored
from app.core.service import CrudService
from tests.api import Api

Body = dict[str, Any]
Values = tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Sample:
    path: str
    row: type[Row]
    repository: type[Repository[Any]]
    service: type[CrudService[Any]]
    input: type[Input]
    read: type[Stored]
    bodies: tuple[Body, ...]
    """Without references; unique values differ from one to the next."""
    required: tuple[str, ...]
    absent: Body
    """What is answered for what may be left out."""
    accepted: Values
    refused: Values
    unique: tuple[str, ...]
    parents: Mapping[str, str]
    """References that must be given, each with the module of its target's sample."""
    optional: Mapping[str, str]
    """The same for references that may be left out."""
    on_delete: Mapping[str, str]
    """What becomes of a row when what it refers to is deleted: restrict, cascade, set-null."""
    sorts: tuple[str, ...]
    filters: tuple[str, ...]
    actions: Mapping[str, Mapping[str, str]]
    """Path of an action: from which state it leads where."""
    limits: tuple[tuple[str, int, tuple[str, ...]], ...] = ()
    """Reference, how many rows may share it, and the states that count; none: all."""
    state: str | None = None
    states: tuple[str, ...] = ()

    def body(self, api: Api, n: int = 0) -> Body:
        """A body whose references are there."""
        targets = list(self.parents.values())
        ids = {}
        for i, (name, target) in enumerate(self.parents.items()):
            other = sample_of(target)
            ids[name] = other.held(api, (n + targets[:i].count(target)) % len(other.bodies))["id"]
        return ids | self.bodies[n]

    def stored(self, api: Api, n: int = 0) -> Body:
        """A stored row; what it refers to is stored first."""
        response = api.post(self.path, self.body(api, n))
        assert response.status_code == 201, response.text
        stored: Body = response.json()
        return stored

    def held(self, api: Api, n: int = 0) -> Body:
        """The n-th stored row; it is stored if it is not there yet."""
        rows: list[Body] = api.get(self.path, sort="created_at").json()["items"]
        return rows[n] if n < len(rows) else self.stored(api, min(n, len(self.bodies) - 1))

    def plain(self, n: int = 0) -> Body:
        """A body for schemas alone: its references lead nowhere."""
        return dict.fromkeys(self.parents, "3f2b8c1e-6a4d-4b7e-9c55-0d1e2f3a4b5c") | self.bodies[n]

    def references(self) -> list[str]:
        """The contract's names of all references."""
        return [*self.parents, *self.optional]

    def attribute(self, name: str) -> str:
        """The attribute that the contract calls so."""
        return next(key for key, field in self.input.model_fields.items() if (field.alias or key) == name)

    def at(self, row: Body) -> str:
        """The path of a row."""
        return f"{self.path}/{row['id']}"


def sample_of(module: str) -> Sample:
    """The sample of another entity; entities may refer to each other in a circle, imports may not."""
    sample: Sample = import_module(f"tests.samples.{module}").SAMPLE
    return sample
`;
