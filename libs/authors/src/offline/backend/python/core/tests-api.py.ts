/** `tests/api.py` of every service. */
export const TESTS_API_PY = String.raw`"""A client of the service as tests need it."""

from dataclasses import dataclass
from typing import Any

from fastapi.testclient import TestClient
from httpx import Response

from app.core.contract import base_path

TOKEN, READER = "test-token", "test-reader"
ORIGIN = "https://shop.example"
NOBODY = "00000000-0000-4000-8000-000000000000"


@dataclass(frozen=True)
class Api:
    http: TestClient
    token: str

    def get(self, path: str, **query: Any) -> Response:
        return self._send("GET", path, params=query)

    def post(self, path: str, body: object, if_match: str | None = None) -> Response:
        return self._send("POST", path, if_match, json=body)

    def act(self, path: str, if_match: str | None = None) -> Response:
        return self._send("POST", path, if_match)

    def put(self, path: str, body: object, if_match: str | None = None) -> Response:
        return self._send("PUT", path, if_match, json=body)

    def delete(self, path: str, if_match: str | None = None) -> Response:
        return self._send("DELETE", path, if_match)

    def _send(self, method: str, path: str, if_match: str | None = None, **more: Any) -> Response:
        headers = {"Authorization": f"Bearer {self.token}"}
        if if_match is not None:
            headers["If-Match"] = if_match
        return self.http.request(method, base_path() + path, headers=headers, **more)


def blamed(response: Response) -> list[str]:
    """The fields that a problem names."""
    return sorted(error["field"] for error in response.json()["errors"])


def is_problem(response: Response, status: int) -> bool:
    """Whether it is a problem of this status, in form and in words."""
    return (
        response.status_code == status
        and response.headers["content-type"] == "application/problem+json"
        and response.json()["status"] == status
        and response.json()["type"] == "about:blank"
    )
`;
