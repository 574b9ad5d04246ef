/** `app/core/binding.py` of a service for a given contract. */
export const GIVEN_BINDING_PY = String.raw`"""How the operations of the contract are bound to records: data that lies beside the contract, read once and typed here."""

import json
import pathlib
from functools import cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

FOLDER = pathlib.Path(__file__).parent.parent / "contract"


class Frozen(BaseModel):
    """Read once, never changed; a member that is not known is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Credential(Frozen):
    """Where the contract looks for credentials."""

    scheme: Literal["bearer", "basic", "key"]
    place: str = ""
    name: str = ""


class Key(Frozen):
    """What tells records apart."""

    member: str | None = None
    type: Literal["integer", "string"]
    made: Literal["number", "uuid", "hex"] | None = None


class Default(Frozen):
    """What a new record gets where the request says nothing."""

    at: tuple[str, ...]
    rule: Literal["now", "today", "uuid", "address", "path", "revision", "literal"]
    value: Any = None


class Resource(Frozen):
    """Records of one kind. Without a key there is one record only."""

    name: str
    path: str
    scope: tuple[str, ...]
    parent: str | None = None
    key: Key | None = None
    defaults: tuple[Default, ...] = ()


class Parameter(Frozen):
    """A value that comes along with a request; its schema stands under the operation, by its place in the list."""

    name: str
    place: Literal["path", "query", "header", "cookie"]
    required: bool
    type: Literal["string", "integer", "number", "boolean"]
    is_list: bool = False
    separator: str | None = None


class Body(Frozen):
    """What a request carries; refused members are those that no answer could hold."""

    required: bool
    refused: tuple[tuple[str, ...], ...] = ()


class Success(Frozen):
    """What is answered when all goes well."""

    status: int
    status_when_made: int | None = None
    media: str | None = None
    shape: Literal["none", "record", "array", "wrapped"]
    members: tuple[str, ...] | None = None


class Filter(Frozen):
    """Which records a query parameter keeps."""

    parameter: str
    by: Literal["member", "made-after", "made-before"]
    at: tuple[str, ...] = ()


class Paging(Frozen):
    """The query parameter that turns pages, and what it counts from."""

    name: str
    first: int = 0


class Member(Frozen):
    """A member of a wrapped list and where its value comes from."""

    at: tuple[str, ...]
    source: str
    name: str | None = None
    value: Any = None
    optional: bool = False


class Listing(Frozen):
    """How a list is cut, narrowed and wrapped."""

    page: Paging | None = None
    size: Paging | None = None
    offset: Paging | None = None
    filters: tuple[Filter, ...] = ()
    members: tuple[Member, ...] = ()


class ErrorMember(Frozen):
    """A member of an error and what it says."""

    name: str
    source: str
    value: Any = None


class ErrorShape(Frozen):
    """An error as the contract tells it; without a media type it has no body."""

    media: str
    members: tuple[ErrorMember, ...] = ()


class Operation(Frozen):
    """One operation of the contract. Those of kind unserved say why."""

    id: str
    method: str
    path: str
    kind: Literal["list", "create", "read", "put", "replace", "update", "delete", "unserved"]
    reasons: tuple[str, ...] = ()
    resource: str = ""
    secured: bool = False
    key_parameter: str | None = None
    parameters: tuple[Parameter, ...] = ()
    body: Body | None = None
    success: Success | None = None
    listing: Listing | None = None
    errors: dict[str, ErrorShape] = {}


class Binding(Frozen):
    """Everything."""

    base_path: str
    credentials: tuple[Credential, ...]
    resources: dict[str, Resource]
    operations: tuple[Operation, ...]


@cache
def contract_text() -> str:
    """The contract as it was given, in JSON."""
    return (FOLDER / "openapi.json").read_text(encoding="utf-8")


@cache
def binding() -> Binding:
    """Read once."""
    return Binding.model_validate_json((FOLDER / "operations.json").read_text(encoding="utf-8"))


@cache
def schemas() -> dict[str, Any]:
    """The contract's schemas as JSON Schema 2020-12: its components, and what each operation takes and answers."""
    found: dict[str, Any] = json.loads((FOLDER / "schemas.json").read_text(encoding="utf-8"))
    return found
`;
