/** `app/core/serving.py` of a service for a given contract. */
export const GIVEN_SERVING_PY = String.raw`"""What each kind of operation does with the records of its resource."""

import copy
import datetime as dt
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from fastapi import Request, Response
from sqlalchemy import orm

from app.core.binding import Default, Key, Listing, Operation, Resource, binding
from app.core.errors import Conflict, NotFound, NotServed, Unprocessable
from app.core.records import ATTEMPTS, Document, Page, Record, Records, Window
from app.core.requests import Values, body_of, key_text, values_of
from app.core.security import authorize
from app.core.validation import faults, has_schema
from app.models import MODELS

PAGE_SIZE = 20


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


def serve(operation: Operation, request: Request, session: orm.Session, raw: bytes) -> Response:
    """The answer to a request."""
    if operation.kind == "unserved":
        raise NotServed("; ".join(operation.reasons))
    if operation.secured:
        authorize(request)
    path = {name: request.path_params[f"p{index}"] for index, name in enumerate(path_names(operation.path))}
    resource = binding().resources[operation.resource]
    call = Call(
        request,
        session,
        operation,
        resource,
        path,
        values_of(request, operation, path),
        body_of(request, operation, raw),
    )
    require_parent(call)
    return KINDS[operation.kind](call)


def path_names(path: str) -> list[str]:
    """The parameters of a path, in order."""
    return [part[1:-1] for part in path.split("/") if part.startswith("{")]


def require_parent(call: Call) -> None:
    """Nothing is below a record that is not there."""
    if call.resource.parent is None:
        return
    *above, key = call.scope
    if Records(call.session, MODELS[call.resource.parent], above).find(key_text(key)) is None:
        raise NotFound("there is no such record above")


def list_records(call: Call) -> Response:
    """The records that the query asks for, bare or wrapped."""
    listing = call.operation.listing or Listing()
    window = window_of(call, listing)
    rows, total = call.records.page(window)
    items = [shown(call, row.document) for row in rows]
    success = call.operation.success
    if success is None or success.shape == "array":
        return answer(call, items)
    return answer(call, wrapped(call, listing, Page(items, window, total)))


def window_of(call: Call, listing: Listing) -> Window:
    """What the query says of paging and filters."""
    query = {name: value for (place, name), value in call.values.items() if place == "query"}
    paged = listing.page or listing.size or listing.offset
    limit = query.get(listing.size.name, PAGE_SIZE) if listing.size else PAGE_SIZE if paged else None
    offset = query.get(listing.offset.name, 0) if listing.offset else 0
    if listing.page:
        number = query.get(listing.page.name, listing.page.first)
        offset = max(number - listing.page.first, 0) * (limit or PAGE_SIZE)
    asked = {one.by: query[one.parameter] for one in listing.filters if one.parameter in query}
    members = {
        one.at: as_list(query[one.parameter])
        for one in listing.filters
        if one.by == "member" and one.parameter in query
    }
    return Window(
        max(offset, 0),
        None if limit is None else max(limit, 0),
        members,
        moment(asked.get("made-after")),
        moment(asked.get("made-before")),
    )


def as_list(value: Any) -> list[Any]:
    """One value or several."""
    return value if isinstance(value, list) else [value]


def moment(text: str | None) -> dt.datetime | None:
    """A time of RFC 3339."""
    if text is None:
        return None
    found = dt.datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)


def wrapped(call: Call, listing: Listing, page: Page) -> Document:
    """The list inside the object that the contract wants around it."""
    size = page.window.limit if page.window.limit is not None else max(page.total, 1)
    first = listing.page.first if listing.page else 0
    pages = -(-page.total // max(size, 1))
    known = {
        "items": page.items,
        "page": first + page.window.offset // max(size, 1),
        "size": size,
        "offset": page.window.offset,
        "total": page.total,
        "count": len(page.items),
        "more": page.window.offset + len(page.items) < page.total,
    }
    whole: Document = {}
    for member in listing.members:
        asked = call.values.get(("query", member.name or ""))
        if member.source == "query" and asked is None and member.optional:
            continue
        value = asked if member.source == "query" else known.get(member.source, member.value)
        if member.source == "pages":
            value = max(pages, member.value or 0)
        put_at(whole, member.at, value)
    return whole


def put_at(whole: Document, at: tuple[str, ...], value: Any) -> None:
    """Sets a value at a place, making what is missing on the way."""
    *above, last = at
    for name in above:
        whole = whole.setdefault(name, {})
    whole[last] = value


def create(call: Call) -> Response:
    """A new record, under the key that the request names or that is made here."""
    key = call.resource.key
    named = call.body.get(key.member) if key and key.member else None
    if named is not None:
        return made(call, key_text(named), call.body)
    for _ in range(ATTEMPTS):
        new = new_key(call)
        body = {**call.body, key.member: key_value(key, new)} if key and key.member else call.body
        try:
            return made(call, new, body)
        except Conflict:
            continue
    raise Conflict("too many new records at once")


def new_key(call: Call) -> str:
    """A key that no record has."""
    kind = call.resource.key.made if call.resource.key else None
    if kind == "number":
        return str(call.records.next_number())
    return uuid.uuid4().hex if kind == "hex" else str(uuid.uuid4())


def made(call: Call, key: str, body: Document) -> Response:
    """Stores a new record and answers it."""
    document = completed(call, key, body)
    hold_answer(call, document)
    call.records.add(key, document)
    success = call.operation.success
    status = success.status_when_made if success else None
    return answer(call, shown(call, document), status, {"Location": address(call, key)})


def completed(call: Call, key: str, body: Document, old: Document | None = None) -> Document:
    """A record with everything that the service adds, or keeps from what was there before."""
    document = copy.deepcopy(body)
    for default in call.resource.defaults:
        fill(document, default.at, value_of(call, key, default, old))
    if old is not None:
        for default in call.resource.defaults:
            if default.rule == "revision":
                document[default.at[0]] = old.get(default.at[0], default.value) + 1
    return document


def fill(document: Document, at: tuple[str, ...], value: Any) -> None:
    """Sets what is missing; a place whose parent is not there stays empty."""
    here: Any = document
    for name in at[:-1]:
        here = here.get(name)
        if not isinstance(here, dict):
            return
    here.setdefault(at[-1], value)


def value_of(call: Call, key: str, default: Default, old: Document | None) -> Any:
    """What the service says where the request says nothing."""
    kept: Any = old
    for name in default.at:
        kept = kept.get(name) if isinstance(kept, dict) else None
    if kept is not None:
        return copy.deepcopy(kept)
    now = dt.datetime.now(dt.UTC)
    known = {
        "now": now.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "today": now.date().isoformat(),
        "uuid": str(uuid.uuid4()),
        "address": str(call.request.base_url).rstrip("/") + address(call, key),
        "path": call.path.get(str(default.value)),
    }
    return known.get(default.rule, copy.deepcopy(default.value))


def address(call: Call, key: str) -> str:
    """Where the record is read."""
    path = call.resource.path
    for name, value in call.path.items():
        path = path.replace("{" + name + "}", quote(value, safe=""))
    return f"{binding().base_path}{path}" + (f"/{quote(key, safe='')}" if key else "")


def read(call: Call) -> Response:
    """The record."""
    return answer(call, shown(call, call.record().document))


def put(call: Call) -> Response:
    """The record at this path is this one from now on, whether there was one or not."""
    found = call.records.find(call.key)
    if found is None:
        return made(call, call.key, keyed(call))
    return changed(call, found, completed(call, call.key, keyed(call), found.document))


def replace(call: Call) -> Response:
    """The record at this path, which must be there, is this one from now on."""
    found = call.record()
    return changed(call, found, completed(call, call.key, keyed(call), found.document))


def update(call: Call) -> Response:
    """Changes what the request names (RFC 7396), and nothing else."""
    found = call.record()
    document = completed(call, call.key, merged(found.document, call.body), found.document)
    return changed(call, found, {**document, **own_key(call)})


def merged(old: Any, patch: Any) -> Any:
    """A merge patch: null takes away."""
    if not isinstance(patch, dict):
        return patch
    whole = dict(old) if isinstance(old, dict) else {}
    for name, value in patch.items():
        if value is None:
            whole.pop(name, None)
        else:
            whole[name] = merged(whole.get(name), value)
    return whole


def keyed(call: Call) -> Document:
    """The body with the key that the path says."""
    return {**call.body, **own_key(call)}


def own_key(call: Call) -> Document:
    """The member that holds the key, when one does."""
    key, parameter = call.resource.key, call.operation.key_parameter
    return {key.member: key_value(key, call.key)} if key and key.member and parameter else {}


def key_value(key: Key, text: str) -> int | str:
    """A key as the record holds it."""
    return int(text) if key.type == "integer" and text.isdecimal() else text


def changed(call: Call, record: Record, document: Document) -> Response:
    """Stores what the record is now and answers it."""
    hold_answer(call, document)
    call.records.change(record, document)
    return answer(call, shown(call, document))


def delete(call: Call) -> Response:
    """The record is gone; the answer may be what it was."""
    found = call.record()
    document = found.document
    call.records.remove(found)
    return answer(call, shown(call, document))


def hold_answer(call: Call, document: Document) -> None:
    """Refuses data that would make the answer break its own schema."""
    success = call.operation.success
    if success is None or success.shape != "record" or not has_schema(call.operation.id, "answer"):
        return
    wrong = faults(shown(call, document), call.operation.id, "answer")
    if wrong:
        raise Unprocessable(f"the answer could not hold it: {wrong}")


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


KINDS = {
    "list": list_records,
    "create": create,
    "read": read,
    "put": put,
    "replace": replace,
    "update": update,
    "delete": delete,
}
`;
