/** `tests/unit/test_start.py` of every service. */
export const TESTS_START_PY = String.raw`import runpy
import sys
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from app.__main__ import main
from app.migrate import main as migrate
from app.migrate import migrations, statements_of
from app.models import TABLES

ENV = {"DATABASE_URL": "sqlite://", "API_TOKENS": "t", "HOST": "127.0.0.2", "PORT": "8123"}


def test_the_service_listens_where_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[Any] = []
    monkeypatch.setattr(uvicorn, "run", lambda app, **options: calls.append((app, options)))
    assert main(ENV) == 0
    [(app, options)] = calls
    assert app.state.settings.api_tokens == {"t"}
    assert options == {
        "host": "127.0.0.2",
        "port": 8123,
        "log_config": None,
        "access_log": False,
        "timeout_graceful_shutdown": 10,
    }


def test_nothing_starts_without_tokens(capsys: pytest.CaptureFixture[str]) -> None:
    assert main({"DATABASE_URL": "sqlite://"}) == 2
    assert "API_TOKENS" in capsys.readouterr().err


@pytest.mark.parametrize("module", ["app", "app.migrate"])
def test_modules_can_be_run(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", [module, "up"])
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("API_TOKENS", raising=False)
    monkeypatch.delitem(sys.modules, f"{module}.__main__" if module == "app" else module, raising=False)
    with pytest.raises(SystemExit) as stop:
        runpy.run_module(module, run_name="__main__")
    assert stop.value.code == 2


def test_a_demo_store_has_its_tables_made_and_dropped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    env = {"DATABASE_URL": f"sqlite:///{tmp_path}/demo.db"}
    for step in ("up", "status", "down"):
        assert migrate([step], env) == 0
        assert capsys.readouterr().out.splitlines() == [f"{step}: {table}" for table in TABLES]


def test_a_store_that_is_not_known_is_not_touched(capsys: pytest.CaptureFixture[str]) -> None:
    assert migrate(["up"], {"DATABASE_URL": "mysql://x"}) == 2
    assert "DATABASE_URL" in capsys.readouterr().err


def test_migrations_go_by_their_names(tmp_path: Path) -> None:
    for name in ("0002_b.up.sql", "0001_a.up.sql", "0001_a.down.sql", "note.txt"):
        (tmp_path / name).touch()
    assert migrations(tmp_path) == ["0001_a", "0002_b"]


def test_the_runner_holds_the_transaction_of_a_script() -> None:
    assert statements_of("-- a\n\nBEGIN;\n\nSELECT 1;\n\nCOMMIT;\n") == "-- a\n\n\nSELECT 1;\n"
`;
