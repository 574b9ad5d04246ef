/** `app/core/security.py` of every service. */
export const SECURITY_PY = String.raw`"""Who may do what: bearer tokens from the configuration, compared in constant time."""

import hmac
from collections.abc import Iterable
from typing import Annotated

from fastapi import Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from app.core.config import Settings
from app.core.errors import Forbidden, Unauthorized

bearer = HTTPBearer(scheme_name="bearer", bearerFormat="JWT", auto_error=False)
Credentials = Annotated[HTTPAuthorizationCredentials | None, Security(bearer)]


async def authorized(request: Request, credentials: Credentials) -> None:
    """Lets a request through whose token may do it: API_TOKENS all, API_READ_TOKENS only GET."""
    settings: Settings = request.app.state.settings
    token = credentials.credentials if credentials else ""
    if is_among(token, settings.api_tokens):
        return
    if not is_among(token, settings.read_tokens):
        raise Unauthorized
    if request.method != "GET":
        raise Forbidden


def is_among(token: str, known: Iterable[str]) -> bool:
    """Compares with every known token, so that the time says nothing."""
    given = token.encode()
    matches = [hmac.compare_digest(given, one.encode()) for one in known]
    return any(matches)
`;
