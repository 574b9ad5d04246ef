/** `tests/unit/test_errors.py` of every service. */
export const TESTS_ERRORS_PY = String.raw`import json

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy.orm.exc import StaleDataError

from app.core import messages
from app.core.errors import (
    BadRequest,
    Conflict,
    Problem,
    Unauthorized,
    Unprocessable,
    add_error_handlers,
    field_of,
    problem_of_validation,
    problem_response,
    title_of,
)


def test_a_problem_says_only_what_it_knows() -> None:
    body = json.loads(problem_response(Conflict()).body)
    assert body == {"type": "about:blank", "title": messages.TITLES[409], "status": 409}


def test_a_problem_keeps_to_the_lengths_of_the_contract() -> None:
    errors = [("f" * 101, "m" * 501)] * 101
    body = json.loads(problem_response(Unprocessable("d" * 2001, errors)).body)
    assert len(body["detail"]) == 2000
    assert len(body["errors"]) == 100
    assert body["errors"][0] == {"field": "f" * 100, "message": "m" * 500}


def test_headers_of_a_problem_come_along() -> None:
    response = problem_response(Unauthorized())
    assert (response.status_code, response.headers["www-authenticate"]) == (401, "Bearer")


def test_titles_are_the_contracts_and_else_those_of_http() -> None:
    assert [title_of(status) for status in messages.TITLES] == list(messages.TITLES.values())
    assert title_of(405) == "Method Not Allowed"


@pytest.mark.parametrize(
    ("place", "kind", "expected"),
    [
        (("body", "name"), "missing", Unprocessable),
        (("body", "items", 0), "missing", Unprocessable),
        (("body",), "missing", BadRequest),
        (("body", 1), "json_invalid", BadRequest),
        (("query", "page"), "missing", BadRequest),
        (("path", "id"), "missing", BadRequest),
        (("header", "If-Match"), "missing", BadRequest),
    ],
)
def test_only_the_content_of_a_body_is_unprocessable(
    place: tuple[str | int, ...],
    kind: str,
    expected: type[Problem],
) -> None:
    assert type(problem_of_validation([{"loc": place, "type": kind}])) is expected


def test_one_wrong_parameter_makes_the_request_malformed() -> None:
    errors = [{"loc": ("body", "name"), "type": "missing"}, {"loc": ("query", "page"), "type": "missing"}]
    problem = problem_of_validation(errors)
    assert isinstance(problem, BadRequest)
    assert problem.errors == [("name", messages.VALIDATION["missing"]), ("page", messages.VALIDATION["missing"])]


def test_fields_are_named_by_their_place() -> None:
    assert field_of(("body", "items", 0)) == "items.0"
    assert field_of(("body",)) == "body"


def test_messages_say_the_bound() -> None:
    told = messages.of_validation({"type": "less_than_equal", "ctx": {"le": 7}})
    assert told == messages.VALIDATION["less_than_equal"].format(le=7)
    assert messages.of_validation({"type": "unheard_of"}) == messages.INVALID


@pytest.mark.parametrize(
    ("error", "status", "title"),
    [
        (StaleDataError(), 412, messages.TITLES[412]),
        (RuntimeError("secret"), 500, "Internal Server Error"),
    ],
)
def test_what_is_thrown_inside_becomes_a_problem_that_tells_nothing_more(
    error: Exception,
    status: int,
    title: str,
) -> None:
    app = FastAPI()
    add_error_handlers(app)

    @app.get("/")
    def fail() -> None:
        raise error

    response = TestClient(app, raise_server_exceptions=False).get("/")
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json() == {"type": "about:blank", "title": title, "status": status}
`;
