/** `app/core/errors.py` of every service. */
export const ERRORS_PY = String.raw`"""Everything that is answered instead of a result, as problem+json (RFC 9457)."""

import http
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.orm.exc import StaleDataError
from starlette.exceptions import HTTPException
from starlette.routing import Match

from app.core import messages
from app.core.logging import LOGGER

PROBLEM_JSON = "application/problem+json"
METHODS = ("DELETE", "GET", "POST", "PUT")
MAX_DETAIL = 2000
MAX_FIELD = 100
MAX_MESSAGE = 500
MAX_ERRORS = 100

FieldErrors = Sequence[tuple[str, str]]


class Problem(Exception):
    """A refusal that the contract knows; errors names the fields that are to blame."""

    status = 500
    headers: ClassVar[Mapping[str, str]] = {}

    def __init__(self, detail: str | None = None, errors: FieldErrors = ()) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = errors


class BadRequest(Problem):
    """The request itself is malformed."""

    status = 400


class Unauthorized(Problem):
    """No known token came along."""

    status = 401
    headers: ClassVar[Mapping[str, str]] = {"WWW-Authenticate": "Bearer"}


class Forbidden(Problem):
    """The token may not do this."""

    status = 403


class NotFound(Problem):
    """There is no such row."""

    status = 404


class Conflict(Problem):
    """The current state does not allow it."""

    status = 409


class PreconditionFailed(Problem):
    """Somebody else changed the row since it was read."""

    status = 412


class Unprocessable(Problem):
    """The data break a rule."""

    status = 422


class Unavailable(Problem):
    """The store does not answer."""

    status = 503


def problem_response(
    problem: Problem,
    status: int | None = None,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """A problem within the lengths that the contract allows; status and headers are its own unless others are given."""
    code = status or problem.status
    body: dict[str, Any] = {"type": "about:blank", "title": title_of(code), "status": code}
    if problem.detail:
        body["detail"] = problem.detail[:MAX_DETAIL]
    if problem.errors:
        body["errors"] = [
            {"field": field[:MAX_FIELD], "message": message[:MAX_MESSAGE]}
            for field, message in problem.errors[:MAX_ERRORS]
        ]
    return JSONResponse(body, code, headers=dict(headers or problem.headers), media_type=PROBLEM_JSON)


def title_of(status: int) -> str:
    """The contract's title for a status; HTTP's own phrase where it has none."""
    return messages.TITLES.get(status) or http.HTTPStatus(status).phrase


def problem_of_validation(errors: Sequence[Mapping[str, Any]]) -> Problem:
    """A body that breaks the schema is 422; no JSON, or a wrong path, query or header, is 400."""
    told = [(field_of(error["loc"]), messages.of_validation(error)) for error in errors]
    within_body = all(len(error["loc"]) > 1 and error["loc"][0] == "body" for error in errors)
    malformed = not within_body or any(error["type"] == "json_invalid" for error in errors)
    return BadRequest(errors=told) if malformed else Unprocessable(errors=told)


def field_of(place: Sequence[str | int]) -> str:
    """("body", "items", 0) as items.0; the part itself when it is to blame as a whole."""
    return ".".join(str(step) for step in place[1:]) or str(place[0])


def allowed_methods(request: Request) -> str:
    """Every method that the request's path knows; the framework tells those of one route only."""
    allowed = []
    for method in METHODS:
        scope = {**request.scope, "method": method}
        if any(route.matches(scope)[0] == Match.FULL for route in request.app.routes):
            allowed.append(method)
    return ", ".join(allowed)


def add_error_handlers(app: FastAPI) -> None:
    """From here on every refusal of this app is a problem."""

    @app.exception_handler(Problem)
    def refused(_request: Request, problem: Problem) -> JSONResponse:
        return problem_response(problem)

    @app.exception_handler(RequestValidationError)
    def invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
        return problem_response(problem_of_validation(error.errors()))

    @app.exception_handler(StaleDataError)
    def outrun(_request: Request, _error: StaleDataError) -> JSONResponse:
        return problem_response(PreconditionFailed())

    @app.exception_handler(HTTPException)
    def unserved(request: Request, error: HTTPException) -> JSONResponse:
        headers = {"Allow": allowed_methods(request)} if error.status_code == 405 else error.headers
        return problem_response(Problem(), error.status_code, headers)

    @app.exception_handler(Exception)
    def broken(_request: Request, error: Exception) -> JSONResponse:
        LOGGER.error("unexpected error", exc_info=error)
        return problem_response(Problem())
`;
