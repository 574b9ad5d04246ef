/** `tests/unit/test_core.py` of a service for a given contract. */
export const GIVEN_TESTS_CORE_PY = String.raw`"""What the service does with parts of requests and answers, whatever the contract."""

import datetime as dt
import json
import logging
import sys
from typing import Any

import pytest

from app.core.binding import ErrorMember, ErrorShape, Operation, Parameter
from app.core.documents import fill, merged
from app.core.errors import BadRequest, NotFound, NotServed, Problem, Unprocessable, refusal, shape_for
from app.core.listing import moment, put_at
from app.core.logging import JsonFormatter
from app.core.requests import holds, key_text, parsed, read_text, read_value

OPERATION = Operation(
    id="x",
    method="GET",
    path="/x",
    kind="read",
    errors={
        "403": ErrorShape(media=""),
        "422": ErrorShape(media="application/json", members=(ErrorMember(name="message", source="detail"),)),
        "5XX": ErrorShape(media="application/json", members=(ErrorMember(name="kind", source="literal", value="e"),)),
        "default": ErrorShape(media="application/json", members=(ErrorMember(name="code", source="status"),)),
    },
)


@pytest.mark.parametrize(("wanted", "status"), [(401, 403), (400, 422), (409, 422), (404, 404), (501, 501), (500, 500)])
def test_a_status_is_one_that_the_operation_knows(wanted: int, status: int) -> None:
    assert shape_for(wanted, OPERATION)[0] == status


def test_an_error_has_the_shape_of_the_contract() -> None:
    assert json.loads(bytes(refusal(Unprocessable("why"), OPERATION).body)) == {"message": "why"}
    assert json.loads(bytes(refusal(NotFound(), OPERATION).body)) == {"code": 404}
    assert json.loads(bytes(refusal(Problem(), OPERATION).body)) == {"kind": "e"}


def test_an_error_that_the_contract_does_not_know_is_a_problem() -> None:
    answer = refusal(NotServed("why"), None)
    assert (answer.status_code, answer.media_type) == (501, "application/problem+json")


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("integer", "7", 7),
        ("integer", "seven", "seven"),
        ("number", "1.5", 1.5),
        ("number", "NaN", "NaN"),
        ("number", "true", "true"),
        ("boolean", "true", True),
        ("boolean", "yes", "yes"),
        ("string", "7", "7"),
    ],
)
def test_a_text_is_read_as_its_type(kind: str, text: str, value: Any) -> None:
    assert read_text(kind, text) == value


def test_a_list_is_read_value_by_value_and_a_value_comes_once() -> None:
    many = Parameter(name="a", place="query", required=False, type="integer", is_list=True)
    one = Parameter(name="a", place="query", required=False, type="integer")
    assert read_value(many, ["1", "2"]) == [1, 2]
    with pytest.raises(BadRequest):
        read_value(one, ["1", "2"])


@pytest.mark.parametrize("raw", [b"{", b'{"a": NaN}', b"\xff", b"[" * 100_000])
def test_what_is_no_json_is_refused(raw: bytes) -> None:
    with pytest.raises(BadRequest):
        parsed(raw)


def test_a_nul_is_refused() -> None:
    with pytest.raises(Unprocessable):
        parsed(b'{"a": "\\u0000"}')


@pytest.mark.parametrize("key", ["a" * 501, "a\nb"])
def test_a_key_that_no_record_has_is_not_found(key: str) -> None:
    with pytest.raises(NotFound):
        key_text(key)


def test_members_are_found_by_their_place() -> None:
    assert holds({"a": {"b": None}}, ("a", "b"))
    assert not holds({"a": 1}, ("a", "b"))


def test_a_merge_patch_changes_what_it_names() -> None:
    assert merged({"a": 1, "b": {"c": 1, "d": 2}}, {"a": None, "b": {"c": 3}}) == {"b": {"c": 3, "d": 2}}


def test_only_what_is_missing_is_filled() -> None:
    document: dict[str, Any] = {"a": 1, "b": {}}
    for at in (("a",), ("b", "c"), ("d", "e")):
        fill(document, at, 2)
    assert document == {"a": 1, "b": {"c": 2}}
    put_at(document, ("x", "y"), 3)
    assert document["x"] == {"y": 3}


def test_a_time_without_a_zone_is_in_utc() -> None:
    assert moment("2030-01-15T09:30:00") == dt.datetime(2030, 1, 15, 9, 30, tzinfo=dt.UTC)
    assert moment(None) is None


def test_an_error_is_logged_with_its_trace() -> None:
    try:
        raise ValueError("broken")
    except ValueError:
        record = logging.LogRecord("app", logging.ERROR, "", 0, "said", (), sys.exc_info())
    line = json.loads(JsonFormatter().format(record))
    assert (line["msg"], "ValueError: broken" in line["error"]) == ("said", True)
`;
