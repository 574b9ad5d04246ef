/** `tests/integration/test_records.py` of a service for a given contract. */
export const GIVEN_TESTS_RECORDS_PY = String.raw`"""The store of records, whatever the contract."""

import datetime as dt

import pytest

from app.core.db import Database, utc_now
from app.core.errors import Conflict
from app.core.records import Records, Window
from app.models import MODELS

MODEL = next(iter(MODELS.values()))


def test_records_are_found_by_scope_and_key(database: Database) -> None:
    with database.session() as session:
        Records(session, MODEL, ["a"]).add("1", {"n": 1})
    with database.session() as session:
        found = Records(session, MODEL, ["a"]).find("1")
        assert found is not None
        assert found.document == {"n": 1}
        assert Records(session, MODEL, ["b"]).find("1") is None


def test_a_key_is_taken_once(database: Database) -> None:
    with database.session() as session:
        records = Records(session, MODEL, [])
        records.add("1", {})
        with pytest.raises(Conflict):
            records.add("1", {})
        assert records.page(Window())[1] == 1


def test_a_new_number_is_one_more_than_the_greatest(database: Database) -> None:
    with database.session() as session:
        records = Records(session, MODEL, [])
        assert records.next_number() == 1
        records.add("9", {})
        records.add("10", {})
        assert records.next_number() == 11


def test_a_list_is_cut_and_narrowed(database: Database) -> None:
    soon = utc_now() + dt.timedelta(minutes=1)
    with database.session() as session:
        records = Records(session, MODEL, [])
        for n in range(5):
            records.add(str(n), {"n": n, "odd": n % 2 == 1, "word": f"w{n}", "in": {"half": n / 2}})
    with database.session() as session:
        records = Records(session, MODEL, [])

        def numbers(window: Window) -> tuple[list[int], int]:
            rows, total = records.page(window)
            return [row.document["n"] for row in rows], total

        assert numbers(Window(1, 2)) == ([1, 2], 5)
        assert numbers(Window(members={("odd",): [True]})) == ([1, 3], 2)
        assert numbers(Window(members={("word",): ["w0", "w4"], ("n",): [4]})) == ([4], 1)
        assert numbers(Window(members={("in", "half"): [1.5]})) == ([3], 1)
        assert numbers(Window(made_after=soon)) == ([], 0)
        assert numbers(Window(made_before=soon))[1] == 5


def test_a_record_is_changed_and_removed(database: Database) -> None:
    with database.session() as session:
        records = Records(session, MODEL, [])
        record = records.add("1", {"n": 1})
        records.change(record, {"n": 2})
        assert record.version == 2
        records.remove(record)
        assert records.find("1") is None
`;
