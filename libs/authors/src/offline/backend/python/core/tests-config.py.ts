/** `tests/unit/test_config.py` of every service. */
export const TESTS_CONFIG_PY = String.raw`import pytest

from app.core.config import ConfigError, settings_from

BASE = {"DATABASE_URL": "postgresql://db/x", "API_TOKENS": "one"}


def test_all_but_store_and_tokens_has_a_default() -> None:
    settings = settings_from(BASE)
    assert settings.database_url == "postgresql+psycopg://db/x"
    assert settings.api_tokens == {"one"}
    assert settings.read_tokens == frozenset()
    assert (settings.host, settings.port, settings.log_level) == ("127.0.0.1", 8000, "info")
    assert settings.cors_origins == ()


def test_every_variable_is_read() -> None:
    more = {
        "API_TOKENS": " one, two ,",
        "API_READ_TOKENS": "three",
        "HOST": "::",
        "PORT": "65535",
        "CORS_ORIGINS": "https://a,https://b",
        "LOG_LEVEL": "DEBUG",
    }
    settings = settings_from(BASE | more)
    assert settings.api_tokens == {"one", "two"}
    assert settings.read_tokens == {"three"}
    assert (settings.host, settings.port, settings.log_level) == ("::", 65535, "debug")
    assert settings.cors_origins == ("https://a", "https://b")


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("sqlite:///demo.db", "sqlite:///demo.db"),
        ("postgres://db/x", "postgresql+psycopg://db/x"),
        ("postgresql+psycopg://db/x", "postgresql+psycopg://db/x"),
    ],
)
def test_stores_that_are_known(url: str, read: str) -> None:
    assert settings_from(BASE | {"DATABASE_URL": url}).database_url == read


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("API_TOKENS", " , "),
        ("DATABASE_URL", ""),
        ("DATABASE_URL", "mysql://db/x"),
        ("PORT", "65536"),
        ("PORT", "http"),
        ("LOG_LEVEL", "loud"),
    ],
)
def test_a_wrong_variable_is_named(name: str, value: str) -> None:
    with pytest.raises(ConfigError, match=name):
        settings_from(BASE | {name: value})


def test_port_zero_lets_the_system_choose() -> None:
    assert settings_from(BASE | {"PORT": "0"}).port == 0


def test_secrets_are_not_printed() -> None:
    settings = settings_from(BASE | {"API_TOKENS": "s3cret", "API_READ_TOKENS": "als0"})
    assert "s3cret" not in repr(settings)
    assert "als0" not in repr(settings)
    assert "db/x" not in repr(settings)
`;
