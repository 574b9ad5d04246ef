/** `app/core/errors.py` of a service for a given contract. */
export const GIVEN_ERRORS_PY = String.raw`"""Everything that is answered instead of a result: in the contract's own shape where it has one, else as problem+json (RFC 9457)."""

import http
import json
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request, Response
from sqlalchemy.orm.exc import StaleDataError
from starlette.exceptions import HTTPException

from app.core.binding import ErrorShape, Operation
from app.core.logging import LOGGER

PROBLEM_JSON = "application/problem+json"
MAX_DETAIL = 2000

# What a contract may know instead of the status that says it best.
INSTEAD: Mapping[int, tuple[int, ...]] = {
    400: (400, 422),
    401: (401, 403),
    403: (403, 401),
    404: (404,),
    409: (409, 422, 400),
    413: (413, 400, 422),
    415: (415, 400, 422),
    422: (422, 400),
}


class Problem(Exception):
    """A refusal; the detail is for people."""

    status = 500

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail[:MAX_DETAIL]


class BadRequest(Problem):
    """The request itself is malformed."""

    status = 400


class Unauthorized(Problem):
    """No known credential came along."""

    status = 401


class Forbidden(Problem):
    """The credential may not do this."""

    status = 403


class NotFound(Problem):
    """There is no such record."""

    status = 404


class Conflict(Problem):
    """The current state does not allow it."""

    status = 409


class Unprocessable(Problem):
    """The data break a rule."""

    status = 422


class NotServed(Problem):
    """The contract has it, this service does not."""

    status = 501


class Unavailable(Problem):
    """The store does not answer."""

    status = 503


def refusal(problem: Problem, operation: Operation | None) -> Response:
    """The problem as the operation's contract tells problems."""
    status, shape = shape_for(problem.status, operation)
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else {}
    if shape is None:
        return problem_json(status, problem.detail, headers)
    if not shape.media:
        return Response(status_code=status, headers=headers)
    body = {member.name: told(member.source, status, problem.detail, member.value) for member in shape.members}
    return Response(json.dumps(body), status, headers, shape.media)


def shape_for(wanted: int, operation: Operation | None) -> tuple[int, ErrorShape | None]:
    """The status that the operation knows for this, and the shape that it has there."""
    errors = operation.errors if operation else {}
    for status in INSTEAD.get(wanted, (wanted,)):
        shape = errors.get(str(status)) or errors.get(f"{status // 100}XX")
        if shape is not None:
            return status, shape
    return wanted, errors.get("default") if wanted != NotServed.status else None


def told(source: str, status: int, detail: str, value: Any) -> Any:
    """One member of an error."""
    phrase = http.HTTPStatus(status).phrase
    known = {
        "type": "about:blank",
        "title": phrase,
        "status": status,
        "detail": detail or phrase,
        "code": phrase.lower().replace(" ", "-"),
    }
    return known.get(source, value)


def problem_json(status: int, detail: str = "", headers: Mapping[str, str] | None = None) -> Response:
    """RFC 9457."""
    body = {"type": "about:blank", "title": http.HTTPStatus(status).phrase, "status": status}
    return Response(
        json.dumps({**body, "detail": detail} if detail else body), status, dict(headers or {}), PROBLEM_JSON
    )


def add_error_handlers(app: FastAPI) -> None:
    """From here on every refusal of this app is told so."""

    def operation_of(request: Request) -> Operation | None:
        return getattr(request.state, "operation", None)

    @app.exception_handler(Problem)
    def refused(request: Request, problem: Problem) -> Response:
        return refusal(problem, operation_of(request))

    @app.exception_handler(StaleDataError)
    def outrun(request: Request, _error: StaleDataError) -> Response:
        return refusal(Conflict("somebody else changed the record at the same time"), operation_of(request))

    @app.exception_handler(HTTPException)
    def unserved(_request: Request, error: HTTPException) -> Response:
        return problem_json(error.status_code, headers=error.headers)

    @app.exception_handler(Exception)
    def broken(request: Request, error: Exception) -> Response:
        LOGGER.error("unexpected error", exc_info=error)
        return refusal(Problem(), operation_of(request))
`;
