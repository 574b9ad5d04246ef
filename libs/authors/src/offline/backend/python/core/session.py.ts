/** `app/core/session.py` of every service. */
export const SESSION_PY = String.raw`"""One unit of work for each request: committed before the answer goes out, rolled back when it is refused."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import orm


def of_request(request: Request) -> Iterator[orm.Session]:
    """The session that all parts of a request share."""
    with request.app.state.database.session() as session:
        yield session


OfRequest = Annotated[orm.Session, Depends(of_request, scope="function")]
`;
