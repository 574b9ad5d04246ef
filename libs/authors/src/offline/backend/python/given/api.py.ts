/** `app/api/__init__.py` of a service for a given contract. */
export const GIVEN_API_PY = String.raw`"""A route for each operation of the contract; literal paths come before those with parameters."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from app.core.binding import Binding, Operation, contract_text
from app.core.calls import path_names
from app.core.serving import serve
from app.core.session import OfRequest


async def received(request: Request) -> bytes:
    """The whole body."""
    return await request.body()


Raw = Annotated[bytes, Depends(received)]

contract = APIRouter(include_in_schema=False)


@contract.get("/openapi.json")
def served_contract() -> Response:
    """The contract as it was given."""
    return Response(contract_text(), media_type="application/json")


def router_of(binding: Binding) -> APIRouter:
    """Every operation at its path."""
    router = APIRouter(prefix=binding.base_path)
    for operation in sorted(binding.operations, key=specificity):
        router.add_api_route(route_path(operation), endpoint_of(operation), methods=[operation.method])
    return router


def specificity(operation: Operation) -> list[bool]:
    """Literal parts of a path sort before parameters."""
    return [part.startswith("{") for part in operation.path.split("/")]


def route_path(operation: Operation) -> str:
    """The path with parameters that are names of code, whatever the contract calls them."""
    path = operation.path
    for index, name in enumerate(path_names(path)):
        path = path.replace("{" + name + "}", "{p" + str(index) + "}", 1)
    return path


def endpoint_of(operation: Operation) -> Callable[..., Response]:
    """What answers at the operation's path."""

    def endpoint(request: Request, session: OfRequest, raw: Raw) -> Response:
        request.state.operation = operation
        return serve(operation, request, session, raw)

    return endpoint
`;
