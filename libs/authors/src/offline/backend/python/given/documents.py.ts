/** `app/core/documents.py` of a service for a given contract. */
export const GIVEN_DOCUMENTS_PY = String.raw`"""What a record holds beyond what a request says: its key, its address, times, revisions."""

import copy
import datetime as dt
import uuid
from typing import Any
from urllib.parse import quote

from app.core.binding import Default, Key, binding
from app.core.calls import Call
from app.core.records import Document


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
`;
