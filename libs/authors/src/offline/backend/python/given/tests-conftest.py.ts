/** `tests/conftest.py` of a service for a given contract. */
export const GIVEN_TESTS_CONFTEST_PY = String.raw`"""The service on an empty store: SQLite in memory, or the PostgreSQL that TEST_DATABASE_URL names (the tests empty it)."""

import os
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.core.config import Settings, database_url_from
from app.core.db import Database, Row
from app.main import create_app
from app.migrate import Migrator
from app.models import TABLES

SERVER = os.environ.get("TEST_DATABASE_URL")
URL = database_url_from({"DATABASE_URL": SERVER or "sqlite://"})
TOKEN, READER = "token-of-tests", "reader-of-tests"


@pytest.fixture(scope="session")
def app() -> FastAPI:
    return create_app(Settings(database_url=URL, api_tokens=frozenset({TOKEN}), read_tokens=frozenset({READER})))


@pytest.fixture(scope="session")
def http(app: FastAPI) -> Iterator[TestClient]:
    if SERVER:
        Migrator(URL).up()
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def database(app: FastAPI, http: TestClient) -> Iterator[Database]:
    database = Database(URL)
    if SERVER:
        with database.engine.begin() as connection:
            connection.execute(sa.text("TRUNCATE " + ", ".join(f'"{table}"' for table in TABLES)))
    else:
        Row.metadata.create_all(database.engine)
    app.state.database = database
    yield database
    database.close()
`;
