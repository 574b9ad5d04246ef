/** `tests/unit/test_core.py` of every service. */
export const TESTS_CORE_PY = String.raw`import datetime as dt
import json
import logging
from typing import Any

import pytest
import sqlalchemy as sa

from app.core.db import Database, Row, UtcDateTime, utc_now
from app.core.etag import etag_of, is_current
from app.core.logging import JsonFormatter, set_up_logging
from app.core.paging import PageQuery
from app.core.security import is_among
from app.models import ROWS, TABLES


@pytest.mark.parametrize(
    ("header", "expected"),
    [('"3"', True), ("*", True), ('"1", "3"', True), ('"1",*', True), ('"33"', False), ("3", False), ('W/"3"', False)],
)
def test_only_a_strong_tag_of_the_version_is_current(header: str, expected: bool) -> None:
    assert is_current(header, 3) is expected


def test_a_tag_is_the_version_in_quotes() -> None:
    assert etag_of(12) == '"12"'


def test_a_page_begins_behind_those_before_it() -> None:
    query = PageQuery(page=3, size=20, sort="-name")
    assert (query.offset, query.sort_key, query.is_descending) == (40, "name", True)
    assert PageQuery(sort="name").is_descending is False
    assert PageQuery(sort="name").offset == 0


def test_tokens_are_compared_whole() -> None:
    assert is_among("b", ["a", "b"])
    assert not is_among("", ["a"])
    assert not is_among("ab", ["a", "b"])
    assert is_among("ç", ["ç"])


def test_moments_come_back_in_utc() -> None:
    column, dialect = UtcDateTime(), sa.create_engine("sqlite://").dialect
    summer = dt.datetime(2030, 7, 1, 12, tzinfo=dt.timezone(dt.timedelta(hours=2)))
    assert column.process_bind_param(summer, dialect) == dt.datetime(2030, 7, 1, 10, tzinfo=dt.UTC)
    stored = column.process_bind_param(summer, dialect)
    assert stored is not None
    assert stored.tzinfo is dt.UTC
    assert column.process_result_value(dt.datetime(2030, 7, 1, 10), dialect) == summer
    back = column.process_result_value(summer, dialect)
    assert back is not None
    assert (back.hour, back.tzinfo) == (10, dt.UTC)
    assert column.process_bind_param(None, dialect) is None
    assert column.process_result_value(None, dialect) is None


def test_now_is_aware() -> None:
    assert abs(dt.datetime.now(dt.UTC) - utc_now()) < dt.timedelta(minutes=1)


def test_a_store_is_ready_when_it_answers(tmp_path: Any) -> None:
    assert Database("sqlite://").is_ready()
    assert not Database(f"sqlite:///{tmp_path}/no/such/folder.db").is_ready()


def test_what_fails_leaves_nothing_behind() -> None:
    database = Database("sqlite://")

    def half_done() -> None:
        with database.session() as session:
            session.execute(sa.text("INSERT INTO kept VALUES (1)"))
            raise RuntimeError

    with database.session() as session:
        session.execute(sa.text("CREATE TABLE kept (id integer)"))
    with pytest.raises(RuntimeError):
        half_done()
    with database.session() as session:
        assert session.scalar(sa.text("SELECT count(*) FROM kept")) == 0
    database.close()


def test_an_outrun_change_is_noticed_by_the_store() -> None:
    for row in ROWS:
        assert row.__mapper__.version_id_col is row.__table__.c.version


def test_every_table_has_its_row() -> None:
    assert sorted(TABLES) == sorted(Row.metadata.tables)


def test_a_log_line_is_json_with_its_fields() -> None:
    record = logging.LogRecord("app", logging.WARNING, "x.py", 1, "hello %s", ("you",), None)
    record.fields = {"status": 201}
    record.created = 0
    line = json.loads(JsonFormatter().format(record))
    assert line == {"time": "1970-01-01T00:00:00+00:00", "level": "warning", "msg": "hello you", "status": 201}


def test_an_error_is_logged_with_its_trace() -> None:
    try:
        raise ValueError("lost")
    except ValueError as error:
        record = logging.LogRecord("app", logging.ERROR, "x.py", 1, "é", (), (type(error), error, None))
    text = JsonFormatter().format(record)
    assert "é" in text
    assert "ValueError: lost" in json.loads(text)["error"]


def test_all_logs_go_through_one_handler(capsys: pytest.CaptureFixture[str]) -> None:
    before = logging.root.handlers[:], logging.root.level
    set_up_logging("warning")
    logging.getLogger("any").info("hidden")
    logging.getLogger("any").warning("shown")
    assert [json.loads(line)["msg"] for line in capsys.readouterr().out.splitlines()] == ["shown"]
    logging.root.handlers[:], logging.root.level = before
`;
