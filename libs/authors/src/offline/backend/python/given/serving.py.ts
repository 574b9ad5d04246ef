/** `app/core/serving.py` of a service for a given contract. */
export const GIVEN_SERVING_PY = String.raw`"""What each kind of operation does with the records of its resource."""

import uuid

from fastapi import Request, Response
from sqlalchemy import orm

from app.core.binding import Operation, binding
from app.core.calls import Call, answer, path_names, shown
from app.core.documents import address, completed, key_value, keyed, merged, own_key
from app.core.errors import Conflict, NotFound, NotServed, Unprocessable
from app.core.listing import list_records
from app.core.records import ATTEMPTS, Document, Record, Records
from app.core.requests import body_of, key_text, values_of
from app.core.security import authorize
from app.core.validation import faults, has_schema
from app.models import MODELS


def serve(operation: Operation, request: Request, session: orm.Session, raw: bytes) -> Response:
    """The answer to a request."""
    if operation.kind == "unserved":
        raise NotServed("; ".join(operation.reasons))
    if operation.secured:
        authorize(request)
    path = {name: request.path_params[f"p{index}"] for index, name in enumerate(path_names(operation.path))}
    resource = binding().resources[operation.resource]
    call = Call(
        request,
        session,
        operation,
        resource,
        path,
        values_of(request, operation, path),
        body_of(request, operation, raw),
    )
    require_parent(call)
    return KINDS[operation.kind](call)


def require_parent(call: Call) -> None:
    """Nothing is below a record that is not there."""
    if call.resource.parent is None:
        return
    *above, key = call.scope
    if Records(call.session, MODELS[call.resource.parent], above).find(key_text(key)) is None:
        raise NotFound("there is no such record above")


def create(call: Call) -> Response:
    """A new record, under the key that the request names or that is made here."""
    key = call.resource.key
    named = call.body.get(key.member) if key and key.member else None
    if named is not None:
        return made(call, key_text(named), call.body)
    for _ in range(ATTEMPTS):
        new = new_key(call)
        body = {**call.body, key.member: key_value(key, new)} if key and key.member else call.body
        try:
            return made(call, new, body)
        except Conflict:
            continue
    raise Conflict("too many new records at once")


def new_key(call: Call) -> str:
    """A key that no record has."""
    kind = call.resource.key.made if call.resource.key else None
    if kind == "number":
        return str(call.records.next_number())
    return uuid.uuid4().hex if kind == "hex" else str(uuid.uuid4())


def made(call: Call, key: str, body: Document) -> Response:
    """Stores a new record and answers it."""
    document = completed(call, key, body)
    hold_answer(call, document)
    call.records.add(key, document)
    success = call.operation.success
    status = success.status_when_made if success else None
    return answer(call, shown(call, document), status, {"Location": address(call, key)})


def read(call: Call) -> Response:
    """The record."""
    return answer(call, shown(call, call.record().document))


def put(call: Call) -> Response:
    """The record at this path is this one from now on, whether there was one or not."""
    found = call.records.find(call.key)
    if found is None:
        return made(call, call.key, keyed(call))
    return changed(call, found, completed(call, call.key, keyed(call), found.document))


def replace(call: Call) -> Response:
    """The record at this path, which must be there, is this one from now on."""
    found = call.record()
    return changed(call, found, completed(call, call.key, keyed(call), found.document))


def update(call: Call) -> Response:
    """Changes what the request names (RFC 7396), and nothing else."""
    found = call.record()
    document = completed(call, call.key, merged(found.document, call.body), found.document)
    return changed(call, found, {**document, **own_key(call)})


def changed(call: Call, record: Record, document: Document) -> Response:
    """Stores what the record is now and answers it."""
    hold_answer(call, document)
    call.records.change(record, document)
    return answer(call, shown(call, document))


def delete(call: Call) -> Response:
    """The record is gone; the answer may be what it was."""
    found = call.record()
    document = found.document
    call.records.remove(found)
    return answer(call, shown(call, document))


def hold_answer(call: Call, document: Document) -> None:
    """Refuses data that would make the answer break its own schema."""
    success = call.operation.success
    if success is None or success.shape != "record" or not has_schema(call.operation.id, "answer"):
        return
    wrong = faults(shown(call, document), call.operation.id, "answer")
    if wrong:
        raise Unprocessable(f"the answer could not hold it: {wrong}")


KINDS = {
    "list": list_records,
    "create": create,
    "read": read,
    "put": put,
    "replace": replace,
    "update": update,
    "delete": delete,
}
`;
