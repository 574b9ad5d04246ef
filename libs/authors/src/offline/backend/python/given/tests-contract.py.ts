/** `tests/contract.py` of a service for a given contract. */
export const GIVEN_TESTS_CONTRACT_PY = String.raw`"""The operations of the contract with a request for each, and what tests need to make one."""

import json
import pathlib
from typing import Any
from urllib.parse import quote

from fastapi.testclient import TestClient
from httpx import Response

from app.core.binding import Operation, binding
from app.core.calls import path_names
from app.core.db import Database
from app.core.records import Records
from app.core.requests import key_text
from app.core.validation import faults, has_schema
from app.models import MODELS
from tests.conftest import TOKEN

SAMPLES: dict[str, Any] = json.loads((pathlib.Path(__file__).parent / "samples.json").read_text(encoding="utf-8"))
SERVED = [o for o in binding().operations if o.kind != "unserved"]
TRIED = [o for o in SERVED if o.id in SAMPLES["operations"]]
UNSERVED = [o for o in binding().operations if o.kind == "unserved"]


def name_of(operation: Operation) -> str:
    return operation.id


def path_of(operation: Operation, values: dict[str, Any]) -> str:
    path = operation.path
    for name in path_names(path):
        path = path.replace("{" + name + "}", quote(str(values.get(name, "1")), safe=""))
    return binding().base_path + path


def paths_of(operation: Operation) -> dict[str, Any]:
    """Values for the path: of the sample, and the key that the sample of the record has."""
    found: dict[str, Any] = dict(SAMPLES["operations"].get(operation.id, {}).get("path", {}))
    if operation.key_parameter:
        key = binding().resources[operation.resource].key
        record = SAMPLES["records"].get(operation.resource, {})
        if key and key.member in record:
            found[operation.key_parameter] = record[key.member]
    return found


def ask(http: TestClient, operation: Operation, *, token: str | None = TOKEN, **changed: Any) -> Response:
    sample = {
        **SAMPLES["operations"].get(operation.id, {"query": {}, "header": {}}),
        "path": paths_of(operation),
        **changed,
    }
    headers = {name: str(value) for name, value in sample["header"].items()}
    return http.request(
        operation.method,
        path_of(operation, sample["path"]),
        params=sample["query"],
        headers=headers if token is None else {**headers, "Authorization": f"Bearer {token}"},
        json=sample.get("body"),
    )


def is_ready(operation: Operation) -> bool:
    """Whether the record that the operation is about can be laid down beforehand."""
    needs = operation.kind in ("read", "replace", "update", "delete")
    parent = binding().resources[operation.resource].parent
    return (not needs or operation.resource in SAMPLES["records"]) and (parent is None or parent in SAMPLES["records"])


def lay_down(database: Database, operation: Operation) -> None:
    """The record that the operation is about, and those above it."""
    sample = paths_of(operation)
    resource = binding().resources[operation.resource]
    scope = [str(sample[name]) for name in resource.scope]
    above = resource
    with database.session() as session:
        while above.parent is not None:
            *rest, key = scope[: len(above.scope)]
            parent = binding().resources[above.parent]
            document = SAMPLES["records"][parent.name]
            Records(session, MODELS[parent.name], rest).add(key_text(key), document)
            above = parent
        if operation.kind in ("read", "replace", "update", "delete"):
            key = sample.get(operation.key_parameter or "", "")
            document = SAMPLES["records"][operation.resource]
            Records(session, MODELS[operation.resource], scope).add(key_text(key), document)


def broken(operation: Operation, answer: Response) -> str:
    """What of an answer breaks the contract; empty when nothing does."""
    success = operation.success
    assert success is not None
    if success.shape == "none":
        return "" if not answer.content else "a body came along"
    if answer.headers["content-type"].split(";")[0] != success.media:
        return f"it came as {answer.headers['content-type']}"
    return faults(answer.json(), operation.id, "answer") if has_schema(operation.id, "answer") else ""
`;
