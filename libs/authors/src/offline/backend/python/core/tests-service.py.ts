/** `tests/integration/test_service.py` of every service. */
export const TESTS_SERVICE_PY = String.raw`"""What holds for the service as a whole."""

import json
import logging
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.core.config import Settings
from app.core.db import Database
from app.main import create_app
from app.models import TABLES
from tests.api import ORIGIN, TOKEN, Api, is_problem


@pytest.fixture
def broken(tmp_path: object) -> Iterator[TestClient]:
    settings = Settings(f"sqlite:///{tmp_path}/no/such.db", frozenset({TOKEN}))
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        yield client


def test_a_service_with_its_store_is_alive_and_ready(api: Api) -> None:
    assert api.http.get("/health/live").json() == {"status": "up"}
    assert api.http.get("/health/ready").json() == {"status": "ready"}


def test_a_service_without_its_store_is_alive_but_not_ready(broken: TestClient) -> None:
    assert broken.get("/health/live").status_code == 200
    assert is_problem(broken.get("/health/ready"), 503)


def test_an_address_that_nobody_serves_is_a_problem(api: Api) -> None:
    assert is_problem(api.http.get("/nowhere"), 404)
    response = api.http.put("/health/live")
    assert is_problem(response, 405)
    assert response.headers["allow"] == "GET"


def test_the_framework_offers_no_pages_of_its_own(api: Api) -> None:
    assert [api.http.get(path).status_code for path in ("/docs", "/redoc")] == [404, 404]


def test_only_known_origins_see_tags_and_places(api: Api) -> None:
    allowed = api.http.get("/health/live", headers={"Origin": ORIGIN})
    assert allowed.headers["access-control-allow-origin"] == ORIGIN
    assert allowed.headers["access-control-expose-headers"] == "ETag, Location"
    asked = {"Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": "If-Match"}
    preflight = api.http.options("/health/live", headers={"Origin": ORIGIN} | asked)
    assert "PUT" in preflight.headers["access-control-allow-methods"]
    assert preflight.headers["access-control-allow-headers"] == "If-Match"
    other = api.http.get("/health/live", headers={"Origin": "https://other.example"})
    assert "access-control-allow-origin" not in other.headers


def test_each_request_is_logged_without_its_query(api: Api, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "app")
    api.http.get("/nowhere?token=secret")
    [record] = [record for record in caplog.records if record.getMessage() == "request"]
    fields = record.__dict__["fields"]
    assert (fields["method"], fields["path"], fields["status"]) == ("GET", "/nowhere", 404)
    assert 0 <= fields["ms"] < 60_000
    assert "secret" not in json.dumps(fields)


def test_start_and_stop_are_logged_and_the_store_is_given_back(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "app")
    app: FastAPI = create_app(Settings("sqlite://", frozenset({TOKEN})))
    closed: list[bool] = []
    app.state.database.close = lambda: closed.append(True)
    with TestClient(app):
        assert closed == []
    assert closed == [True]
    assert [record.getMessage() for record in caplog.records] == ["started", "stopped"]


def test_the_store_has_every_table(database: Database) -> None:
    with database.engine.connect() as connection:
        for table in TABLES:
            assert connection.exec_driver_sql(f'SELECT count(*) FROM "{table}"').scalar() == 0
`;
