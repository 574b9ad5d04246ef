/** `app/main.py` of a service for a given contract. */
export const GIVEN_MAIN_PY = String.raw`"""The application: routes, errors, logs and the store, put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

from app.api import contract, router_of
from app.core import health
from app.core.binding import binding
from app.core.config import Settings
from app.core.db import Database
from app.core.errors import add_error_handlers
from app.core.logging import LOGGER, AccessLog


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Gives the store back once the last request is served."""
    LOGGER.info("started")
    yield
    app.state.database.close()
    LOGGER.info("stopped")


def create_app(settings: Settings) -> FastAPI:
    """A service that is ready to be run; it connects when it is first asked."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False, lifespan=lifespan)
    app.state.settings = settings
    app.state.database = Database(settings.database_url)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=settings.cors_origins,
        allow_methods=["*"],
        allow_headers=["*"],
        expose_headers=["Location"],
    )
    app.add_middleware(AccessLog)
    add_error_handlers(app)
    app.include_router(health.router)
    app.include_router(contract)
    app.include_router(router_of(binding()))
    return app
`;
