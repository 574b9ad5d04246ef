/** `tests/integration/test_migrate.py` of every service. */
export const TESTS_MIGRATE_PY = String.raw`"""The migrations on a real PostgreSQL: there, back, and there again."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from app.core.db import Database, Row
from app.migrate import FOLDER, Migrator, main, migrations
from tests.conftest import SERVER, URL

pytestmark = pytest.mark.skipif(not SERVER, reason="TEST_DATABASE_URL names no PostgreSQL")


@pytest.fixture
def migrator() -> Iterator[Migrator]:
    migrator = Migrator(URL)
    yield migrator
    migrator.up()


def test_up_down_up_leaves_what_up_alone_makes(migrator: Migrator) -> None:
    names = migrations(FOLDER)
    migrator.down(everything=True)
    assert (migrator.applied(), tables()) == ([], {"schema_versions"})
    assert migrator.up() == names
    assert migrator.up() == []
    assert migrator.down() == names[-1:]
    assert migrator.applied() == names[:-1]
    assert migrator.up() == names[-1:]
    assert tables() == {"schema_versions", *Row.metadata.tables}


def test_the_command_says_what_it_did(migrator: Migrator, capsys: pytest.CaptureFixture[str]) -> None:
    migrator.up()
    env = {"DATABASE_URL": str(SERVER)}
    last = migrations(FOLDER)[-1]
    for arguments, said in ([["up"], "up: nothing to do"], [["down"], f"down: {last}"], [["up"], f"up: {last}"]):
        assert main(arguments, env) == 0
        assert capsys.readouterr().out == f"{said}\n"
    assert main(["status"], env) == 0
    assert capsys.readouterr().out.splitlines() == [f"status: {name}" for name in migrations(FOLDER)]


def test_a_script_that_fails_changes_nothing(migrator: Migrator, tmp_path: Path) -> None:
    migrator.up()
    before = migrator.applied()
    (tmp_path / "9998_good.up.sql").write_text("BEGIN;\nCREATE TABLE left_over (id integer);\nCOMMIT;\n")
    (tmp_path / "9999_bad.up.sql").write_text("BEGIN;\nSELECT nothing;\nCOMMIT;\n")
    with pytest.raises(psycopg.errors.UndefinedColumn):
        Migrator(URL, tmp_path).up()
    assert migrator.applied() == before
    assert "left_over" not in tables()


def tables() -> set[str]:
    database = Database(URL)
    names = set(sa.inspect(database.engine).get_table_names())
    database.close()
    return names
`;
