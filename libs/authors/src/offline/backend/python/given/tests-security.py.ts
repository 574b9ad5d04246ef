/** `tests/unit/test_security.py` of a service for a given contract. */
export const GIVEN_TESTS_SECURITY_PY = String.raw`"""Where credentials are looked for."""

import base64
from types import SimpleNamespace

import pytest
from fastapi import Request

from app.core.binding import Credential
from app.core.config import Settings
from app.core.errors import Forbidden, Unauthorized
from app.core.security import authorize, carried

SETTINGS = Settings(database_url="sqlite://", api_tokens=frozenset({"all"}), read_tokens=frozenset({"some"}))


def request(method: str, **headers: str) -> Request:
    return Request(
        {
            "type": "http",
            "method": method,
            "path": "/",
            "query_string": b"key=q",
            "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
            "app": SimpleNamespace(state=SimpleNamespace(settings=SETTINGS)),
        }
    )


def test_a_token_that_may_do_all_is_let_through() -> None:
    authorize(request("POST", Authorization="Bearer all"))
    authorize(request("GET", Authorization="Bearer some"))


def test_a_token_that_may_read_only_reads() -> None:
    with pytest.raises(Forbidden):
        authorize(request("POST", Authorization="Bearer some"))


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer none", "Basic !"])
def test_nobody_else_is_let_through(header: str) -> None:
    with pytest.raises(Unauthorized):
        authorize(request("GET", Authorization=header))


def test_credentials_come_as_the_contract_says() -> None:
    pair = base64.b64encode(b"ana:secret").decode()
    key = Credential(scheme="key", place="query", name="key")
    basic = Credential(scheme="basic")
    assert list(carried(request("GET"), key, "", "")) == ["q"]
    assert list(carried(request("GET"), basic, "basic", pair)) == ["ana:secret", "secret"]
    assert list(carried(request("GET"), basic, "basic", "!")) == []
    assert list(carried(request("GET"), Credential(scheme="bearer"), "bearer", "x")) == []
`;
