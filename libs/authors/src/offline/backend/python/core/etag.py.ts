/** `app/core/etag.py` of every service. */
export const ETAG_PY = String.raw`"""Versions of rows as entity tags (RFC 9110): strong ones only."""


def etag_of(version: int) -> str:
    """The tag of a version, with its quotes."""
    return f'"{version}"'


def is_current(if_match: str, version: int) -> bool:
    """Whether an If-Match header allows a change of this version: by "*", or by any tag of its list."""
    tags = [tag.strip() for tag in if_match.split(",")]
    return "*" in tags or etag_of(version) in tags
`;
