/** `app/migrate.py` of every service. */
export const MIGRATE_PY = String.raw`"""Brings the store to a version: python -m app.migrate up, down (one step), down --all, status.

PostgreSQL runs the scripts of migrations/ in order, each in one transaction with its entry in schema_versions. SQLite is for
the local demo: it has no versions, its tables are made from the models.
"""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import psycopg

from app.core.config import ConfigError, database_url_from
from app.core.db import Database, Row
from app.models import TABLES

FOLDER = Path(__file__).parent.parent / "migrations"
UP, DOWN = ".up.sql", ".down.sql"
LOCK = 7_310_042


def migrations(folder: Path) -> list[str]:
    """Names in the order in which they are applied."""
    return sorted(path.name.removesuffix(UP) for path in folder.glob(f"*{UP}"))


def statements_of(script: str) -> str:
    """The script without its own BEGIN and COMMIT: the runner's transaction holds it."""
    return "\n".join(line for line in script.splitlines() if line not in ("BEGIN;", "COMMIT;"))


class Migrator:
    """Holds a lock on the store while it works, so that of two that start at once the second finds all done."""

    def __init__(self, url: str, folder: Path = FOLDER) -> None:
        self._url = url.replace("postgresql+psycopg://", "postgresql://")
        self._folder = folder

    def applied(self) -> list[str]:
        """What the store has had, in order."""
        with psycopg.connect(self._url) as connection:
            return self._applied(connection)

    def up(self) -> list[str]:
        """Applies what is missing; answers what that was."""
        done = []
        with psycopg.connect(self._url) as connection:
            known = set(self._applied(connection))
            for name in migrations(self._folder):
                if name not in known:
                    self._run(connection, name + UP)
                    connection.execute("INSERT INTO schema_versions (name) VALUES (%s)", (name,))
                    done.append(name)
        return done

    def down(self, *, everything: bool = False) -> list[str]:
        """Takes back the last one, or all; answers what that was."""
        with psycopg.connect(self._url) as connection:
            known = self._applied(connection)
            last = list(reversed(known)) if everything else known[-1:]
            for name in last:
                self._run(connection, name + DOWN)
                connection.execute("DELETE FROM schema_versions WHERE name = %s", (name,))
        return last

    def _applied(self, connection: psycopg.Connection) -> list[str]:
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
        connection.execute(
            "CREATE TABLE IF NOT EXISTS schema_versions"
            " (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())"
        )
        return [name for (name,) in connection.execute("SELECT name FROM schema_versions ORDER BY name")]

    def _run(self, connection: psycopg.Connection, file: str) -> None:
        script = (self._folder / file).read_text(encoding="utf-8")
        connection.execute(statements_of(script).encode())


def main(arguments: Sequence[str], env: Mapping[str, str]) -> int:
    """The exit code: 2 when the environment is not sufficient."""
    parser = argparse.ArgumentParser(prog="python -m app.migrate")
    parser.add_argument("step", choices=("up", "down", "status"))
    parser.add_argument("--all", action="store_true", help="with down: take back every migration")
    asked = parser.parse_args(arguments)
    try:
        url = database_url_from(env)
    except ConfigError as error:
        print(error, file=sys.stderr)
        return 2
    done = demo_store(url, asked.step) if url.startswith("sqlite") else server_store(url, asked.step, asked.all)
    print("\n".join(f"{asked.step}: {name}" for name in done) or f"{asked.step}: nothing to do")
    return 0


def demo_store(url: str, step: str) -> list[str]:
    """Makes or drops the tables of the models; the status is what is there."""
    database = Database(url)
    try:
        if step == "up":
            Row.metadata.create_all(database.engine)
        if step == "down":
            Row.metadata.drop_all(database.engine)
        return list(TABLES)
    finally:
        database.close()


def server_store(url: str, step: str, everything: bool) -> list[str]:
    """Runs the scripts."""
    migrator = Migrator(url)
    if step == "status":
        return migrator.applied()
    return migrator.up() if step == "up" else migrator.down(everything=everything)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
`;
