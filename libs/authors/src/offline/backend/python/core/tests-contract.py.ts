/** `tests/contract/test_contract.py` of every service. */
export const TESTS_CONTRACT_PY = String.raw`import json

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.core.contract import base_path, contract_text
from tests.contract.comparison import Document


@pytest.fixture(scope="module")
def contract() -> Document:
    return Document(json.loads(contract_text()))


@pytest.fixture(scope="module")
def derived(app: FastAPI) -> Document:
    return Document(app.openapi(), base_path())


def test_the_routes_are_those_of_the_contract(contract: Document, derived: Document) -> None:
    assert sorted(derived.operations()) == sorted(contract.operations())


def test_each_route_takes_and_answers_what_the_contract_says(contract: Document, derived: Document) -> None:
    found = derived.operations()
    for name, operation in contract.operations().items():
        assert found[name] == operation, name


def test_tokens_are_brought_as_the_contract_says(contract: Document, derived: Document) -> None:
    schemes = derived.document["components"]["securitySchemes"]
    assert schemes == contract.document["components"]["securitySchemes"]


def test_the_contract_is_served_as_it_was_designed(http: TestClient, contract: Document) -> None:
    response = http.get("/openapi.json")
    assert response.headers["content-type"] == "application/json"
    assert response.json() == contract.document
`;
