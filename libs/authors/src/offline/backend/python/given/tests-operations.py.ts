/** `tests/integration/test_operations.py` of a service for a given contract. */
export const GIVEN_TESTS_OPERATIONS_PY = String.raw`"""Every operation of the contract, asked as the contract says and otherwise."""

import pytest
from fastapi.testclient import TestClient

from app.core.binding import Operation, contract_text
from app.core.db import Database
from app.core.errors import shape_for
from tests.conftest import READER
from tests.contract import SERVED, TRIED, UNSERVED, ask, broken, is_ready, lay_down, name_of

READY = [o for o in TRIED if is_ready(o)]
WRITING = [o for o in TRIED if o.secured and o.method not in ("GET", "HEAD")]


@pytest.mark.parametrize("operation", READY, ids=name_of)
def test_it_answers_as_the_contract_says(operation: Operation, database: Database, http: TestClient) -> None:
    lay_down(database, operation)
    answer = ask(http, operation)
    assert operation.success is not None
    wanted = {operation.success.status, operation.success.status_when_made or operation.success.status}
    assert answer.status_code in wanted, answer.text
    assert broken(operation, answer) == ""


@pytest.mark.parametrize("operation", [o for o in READY if o.kind in ("create", "put")], ids=name_of)
def test_what_was_made_is_there(operation: Operation, database: Database, http: TestClient) -> None:
    lay_down(database, operation)
    first = ask(http, operation)
    readers = [o for o in SERVED if o.resource == operation.resource and o.kind == "read"]
    for reader in readers:
        address = http.get(first.headers["Location"], headers={"Authorization": f"Bearer {READER}"})
        assert address.status_code == 200, address.text
        assert broken(reader, address) == ""
    again = ask(http, operation)
    assert again.status_code < 500


@pytest.mark.parametrize("operation", [o for o in READY if o.kind == "delete"], ids=name_of)
def test_what_was_deleted_is_gone(operation: Operation, database: Database, http: TestClient) -> None:
    lay_down(database, operation)
    ask(http, operation)
    assert ask(http, operation).status_code == shape_for(404, operation)[0]


@pytest.mark.parametrize(
    "operation", [o for o in TRIED if o.kind in ("read", "replace", "update", "delete")], ids=name_of
)
def test_what_is_not_there_is_not_found(operation: Operation, database: Database, http: TestClient) -> None:
    assert ask(http, operation).status_code == shape_for(404, operation)[0]


@pytest.mark.parametrize("operation", [o for o in TRIED if o.body], ids=name_of)
def test_a_body_that_is_no_object_is_refused(operation: Operation, database: Database, http: TestClient) -> None:
    answer = ask(http, operation, body=["none"])
    assert answer.status_code == shape_for(422, operation)[0]


@pytest.mark.parametrize("operation", [o for o in SERVED if o.secured], ids=name_of)
def test_nothing_is_told_to_strangers(operation: Operation, database: Database, http: TestClient) -> None:
    for token in (None, "nobody"):
        assert ask(http, operation, token=token).status_code == shape_for(401, operation)[0]


@pytest.mark.parametrize("operation", WRITING, ids=name_of)
def test_a_reader_changes_nothing(operation: Operation, database: Database, http: TestClient) -> None:
    assert ask(http, operation, token=READER).status_code == shape_for(403, operation)[0]


@pytest.mark.parametrize("operation", UNSERVED, ids=name_of)
def test_what_is_not_served_says_so(operation: Operation, database: Database, http: TestClient) -> None:
    answer = ask(http, operation)
    assert answer.status_code == 501
    if operation.method != "HEAD":
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["detail"]


def test_the_contract_is_served_as_it_was_given(http: TestClient) -> None:
    assert http.get("/openapi.json").text == contract_text()


def test_it_is_alive_and_ready(database: Database, http: TestClient) -> None:
    assert http.get("/health/live").json() == {"status": "up"}
    assert http.get("/health/ready").json() == {"status": "ready"}


def test_a_path_that_is_not_known_is_a_problem(http: TestClient) -> None:
    answer = http.get("/no/such/path/at/all")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
`;
