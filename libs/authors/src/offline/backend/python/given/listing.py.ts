/** `app/core/listing.py` of a service for a given contract. */
export const GIVEN_LISTING_PY = String.raw`"""Lists of records: what the query asks for, bare or inside what the contract wants around them."""

import datetime as dt
from typing import Any

from fastapi import Response

from app.core.binding import Listing
from app.core.calls import Call, answer, shown
from app.core.records import Document, Page, Window

PAGE_SIZE = 20


def list_records(call: Call) -> Response:
    """The records that the query asks for, bare or wrapped."""
    listing = call.operation.listing or Listing()
    window = window_of(call, listing)
    rows, total = call.records.page(window)
    items = [shown(call, row.document) for row in rows]
    success = call.operation.success
    if success is None or success.shape == "array":
        return answer(call, items)
    return answer(call, wrapped(call, listing, Page(items, window, total)))


def window_of(call: Call, listing: Listing) -> Window:
    """What the query says of paging and filters."""
    query = {name: value for (place, name), value in call.values.items() if place == "query"}
    paged = listing.page or listing.size or listing.offset
    limit = query.get(listing.size.name, PAGE_SIZE) if listing.size else PAGE_SIZE if paged else None
    offset = query.get(listing.offset.name, 0) if listing.offset else 0
    if listing.page:
        number = query.get(listing.page.name, listing.page.first)
        offset = max(number - listing.page.first, 0) * (limit or PAGE_SIZE)
    asked = {one.by: query[one.parameter] for one in listing.filters if one.parameter in query}
    members = {
        one.at: as_list(query[one.parameter])
        for one in listing.filters
        if one.by == "member" and one.parameter in query
    }
    return Window(
        max(offset, 0),
        None if limit is None else max(limit, 0),
        members,
        moment(asked.get("made-after")),
        moment(asked.get("made-before")),
    )


def as_list(value: Any) -> list[Any]:
    """One value or several."""
    return value if isinstance(value, list) else [value]


def moment(text: str | None) -> dt.datetime | None:
    """A time of RFC 3339."""
    if text is None:
        return None
    found = dt.datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)


def wrapped(call: Call, listing: Listing, page: Page) -> Document:
    """The list inside the object that the contract wants around it."""
    size = page.window.limit if page.window.limit is not None else max(page.total, 1)
    first = listing.page.first if listing.page else 0
    pages = -(-page.total // max(size, 1))
    known = {
        "items": page.items,
        "page": first + page.window.offset // max(size, 1),
        "size": size,
        "offset": page.window.offset,
        "total": page.total,
        "count": len(page.items),
        "more": page.window.offset + len(page.items) < page.total,
    }
    whole: Document = {}
    for member in listing.members:
        asked = call.values.get(("query", member.name or ""))
        if member.source == "query" and asked is None and member.optional:
            continue
        value = asked if member.source == "query" else known.get(member.source, member.value)
        if member.source == "pages":
            value = max(pages, member.value or 0)
        put_at(whole, member.at, value)
    return whole


def put_at(whole: Document, at: tuple[str, ...], value: Any) -> None:
    """Sets a value at a place, making what is missing on the way."""
    *above, last = at
    for name in above:
        whole = whole.setdefault(name, {})
    whole[last] = value
`;
