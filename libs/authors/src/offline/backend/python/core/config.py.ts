/** `app/core/config.py` of every service. */
export const CONFIG_PY = String.raw`"""What the service reads from its environment; nothing else is configured anywhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field

DEFAULT_PORT = 8000
LOG_LEVELS = ("debug", "info", "warning", "error")


class ConfigError(Exception):
    """A variable is missing or can't be read; the message says which and what to set."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Checked once, at start. Tokens stay out of its printed form."""

    database_url: str = field(repr=False)
    api_tokens: frozenset[str] = field(repr=False)
    read_tokens: frozenset[str] = field(default=frozenset(), repr=False)
    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    cors_origins: tuple[str, ...] = ()
    log_level: str = "info"


def settings_from(env: Mapping[str, str]) -> Settings:
    """Reads the variables that README.md lists; raises ConfigError for the first one that is wrong."""
    tokens = frozenset(_words(env.get("API_TOKENS", "")))
    if not tokens:
        raise ConfigError("API_TOKENS is empty: set the bearer tokens that may use the service, separated by commas")
    return Settings(
        database_url=database_url_from(env),
        api_tokens=tokens,
        read_tokens=frozenset(_words(env.get("API_READ_TOKENS", ""))),
        host=env.get("HOST", "127.0.0.1"),
        port=_port(env.get("PORT", str(DEFAULT_PORT))),
        cors_origins=_words(env.get("CORS_ORIGINS", "")),
        log_level=_log_level(env.get("LOG_LEVEL", "info")),
    )


def database_url_from(env: Mapping[str, str]) -> str:
    """The store's address, with the driver that this service brings along."""
    url = env.get("DATABASE_URL", "")
    if url.startswith("sqlite:"):
        return url
    for scheme in ("postgresql://", "postgres://", "postgresql+psycopg://"):
        if url.startswith(scheme):
            return "postgresql+psycopg://" + url.removeprefix(scheme)
    raise ConfigError("DATABASE_URL must begin with postgresql:// (or sqlite:/// for a local demo)")


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 <= int(text) <= 65535:
        raise ConfigError(f"PORT is {text!r}: set a number from 0 to 65535")
    return int(text)


def _log_level(text: str) -> str:
    if text.lower() not in LOG_LEVELS:
        raise ConfigError(f"LOG_LEVEL is {text!r}: set one of {', '.join(LOG_LEVELS)}")
    return text.lower()
`;
