/** `app/core/security.py` of a service for a given contract. */
export const GIVEN_SECURITY_PY = String.raw`"""Who may do what: tokens from the configuration, carried as the contract says, compared in constant time."""

import base64
import binascii
import hmac
from collections.abc import Iterable, Iterator

from fastapi import Request

from app.core.binding import Credential, binding
from app.core.config import Settings
from app.core.errors import Forbidden, Unauthorized


def authorize(request: Request) -> None:
    """Lets a request through whose token may do it: API_TOKENS all, API_READ_TOKENS only what changes nothing."""
    settings: Settings = request.app.state.settings
    tokens = list(tokens_of(request))
    if any(is_among(token, settings.api_tokens) for token in tokens):
        return
    if not any(is_among(token, settings.read_tokens) for token in tokens):
        raise Unauthorized("no known credential came along")
    if request.method not in ("GET", "HEAD"):
        raise Forbidden("this credential may only read")


def tokens_of(request: Request) -> Iterator[str]:
    """What came along where the contract looks for it; a bearer token always counts."""
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        yield value.strip()
    for credential in binding().credentials:
        yield from carried(request, credential, scheme.lower(), value.strip())


def carried(request: Request, credential: Credential, scheme: str, value: str) -> Iterator[str]:
    """The tokens that one way of telling who asks brings along."""
    if credential.scheme == "basic" and scheme == "basic":
        try:
            pair = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            return
        yield pair
        yield pair.partition(":")[2]
    if credential.scheme == "key":
        places = {"header": request.headers, "query": request.query_params, "cookie": request.cookies}
        yield places[credential.place].get(credential.name, "")


def is_among(token: str, known: Iterable[str]) -> bool:
    """Compares with every known token, so that the time says nothing."""
    given = token.encode()
    matches = [hmac.compare_digest(given, one.encode()) for one in known]
    return bool(token) and any(matches)
`;
