/** `tests/unit/test_models.py` of every service. */
export const TESTS_MODELS_PY = String.raw`"""The models map the tables that the migrations make."""

import re

from app.core.db import Row
from app.migrate import FOLDER, UP, migrations

COLUMN = re.compile(r'^  "?(?P<name>[a-z][a-z0-9_]*)"? (?P<rest>.*)$')
ADDED = re.compile(r'ALTER TABLE "?(?P<table>\w+)"? ADD COLUMN "?(?P<name>\w+)"? (?P<rest>.*);')
DROPPED = re.compile(r'ALTER TABLE "?(?P<table>\w+)"? DROP COLUMN "?(?P<name>\w+)"?;')
CHANGED = re.compile(r'ALTER TABLE "?(?P<table>\w+)"? ALTER COLUMN "?(?P<name>\w+)"? (?P<what>SET|DROP) NOT NULL;')


def migrated() -> dict[str, dict[str, bool]]:
    """Table → column → whether it may be empty, once every migration was applied."""
    tables: dict[str, dict[str, bool]] = {}
    table = ""
    for name in migrations(FOLDER):
        for line in (FOLDER / (name + UP)).read_text(encoding="utf-8").splitlines():
            if made := re.match(r'CREATE TABLE "?(\w+)"? \(', line):
                table = made[1]
                tables[table] = {}
            elif dropped := re.match(r'DROP TABLE "?(\w+)"?;', line):
                del tables[dropped[1]]
            elif column := COLUMN.match(line):
                if table:
                    tables[table][column["name"]] = "NOT NULL" not in column["rest"]
            elif added := ADDED.match(line):
                tables[added["table"]][added["name"]] = "NOT NULL" not in added["rest"]
            elif gone := DROPPED.match(line):
                del tables[gone["table"]][gone["name"]]
            elif changed := CHANGED.match(line):
                tables[changed["table"]][changed["name"]] = changed["what"] == "DROP"
            if line == ");":
                table = ""
    return tables


def test_models_and_migrations_have_the_same_columns() -> None:
    mapped = {
        name: {column.name: bool(column.nullable) for column in table.columns}
        for name, table in Row.metadata.tables.items()
    }
    assert mapped == migrated()
`;
