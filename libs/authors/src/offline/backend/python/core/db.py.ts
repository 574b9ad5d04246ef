/** `app/core/db.py` of every service. */
export const DB_PY = String.raw`"""The store: engine, sessions, and what every table has."""

import datetime as dt
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.dialects.postgresql import JSONB

SQLITE_BUSY_SECONDS = 30
JSON_VALUE = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def utc_now() -> dt.datetime:
    """The time of a change, for stores that don't keep it by a trigger."""
    return dt.datetime.now(dt.UTC)


class UtcDateTime(sa.TypeDecorator[dt.datetime]):
    """A moment: always aware and in UTC, also where the store knows no time zones (SQLite)."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: sa.Dialect) -> dt.datetime | None:
        """Every moment is stored in UTC."""
        return None if value is None else value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: sa.Dialect) -> dt.datetime | None:
        """A moment without a zone was stored in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class Row(orm.DeclarativeBase):
    """What every table has. An update counts the version up, and only if nobody else did since the row was read."""

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(sa.Uuid(), primary_key=True, default=uuid.uuid4)
    version: orm.Mapped[int] = orm.mapped_column(sa.Integer(), default=1)
    created_at: orm.Mapped[dt.datetime] = orm.mapped_column(UtcDateTime(), default=utc_now)
    updated_at: orm.Mapped[dt.datetime] = orm.mapped_column(UtcDateTime(), default=utc_now)

    @orm.declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}


class Database:
    """Owns the engine. Close it when the service stops."""

    def __init__(self, url: str) -> None:
        self.engine = _sqlite_engine(url) if url.startswith("sqlite") else _server_engine(url)
        self._sessions = orm.sessionmaker(self.engine, expire_on_commit=False)

    @contextmanager
    def session(self) -> Iterator[orm.Session]:
        """One unit of work: committed at its end, rolled back when it raises."""
        with self._sessions.begin() as session:
            yield session

    def is_ready(self) -> bool:
        """Whether the store answers."""
        try:
            with self.engine.connect() as connection:
                connection.execute(sa.select(1))
        except sa.exc.SQLAlchemyError:
            return False
        return True

    def close(self) -> None:
        """Gives all connections back."""
        self.engine.dispose()


def _server_engine(url: str) -> sa.Engine:
    return sa.create_engine(url, pool_pre_ping=True, connect_args={"options": "-c timezone=utc"})


def _sqlite_engine(url: str) -> sa.Engine:
    in_memory = url in ("sqlite://", "sqlite:///:memory:")
    engine = sa.create_engine(
        url,
        poolclass=sa.pool.StaticPool if in_memory else None,
        connect_args={"check_same_thread": False, "timeout": SQLITE_BUSY_SECONDS},
    )
    sa.event.listen(engine, "connect", _keep_references)
    return engine


def _keep_references(connection: Any, _record: Any) -> None:
    """SQLite checks foreign keys only when told to, per connection."""
    connection.execute("PRAGMA foreign_keys = ON")
`;
