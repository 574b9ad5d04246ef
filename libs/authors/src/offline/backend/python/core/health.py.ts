/** `app/core/health.py` of every service. */
export const HEALTH_PY = String.raw`"""For whoever keeps the service running: is it alive, can it work."""

from fastapi import APIRouter, Request

from app.core.errors import Unavailable

router = APIRouter(prefix="/health", include_in_schema=False)


@router.get("/live")
def live() -> dict[str, str]:
    """The process answers; nothing else is asked."""
    return {"status": "up"}


@router.get("/ready")
def ready(request: Request) -> dict[str, str]:
    """The store answers, so requests can be served."""
    if not request.app.state.database.is_ready():
        raise Unavailable
    return {"status": "ready"}
`;
