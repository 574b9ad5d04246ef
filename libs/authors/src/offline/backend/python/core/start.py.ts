/** `app/__main__.py` of every service. */
export const START_PY = String.raw`"""Starts the service: python -m app. SIGTERM and Ctrl-C stop it once open requests are answered."""

import os
import sys
from collections.abc import Mapping

import uvicorn

from app.core.config import ConfigError, settings_from
from app.core.logging import set_up_logging
from app.main import create_app

STOP_WITHIN_SECONDS = 10


def main(env: Mapping[str, str]) -> int:
    """The exit code: 2 when the environment is not sufficient."""
    try:
        settings = settings_from(env)
    except ConfigError as error:
        print(error, file=sys.stderr)
        return 2
    set_up_logging(settings.log_level)
    uvicorn.run(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=STOP_WITHIN_SECONDS,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(os.environ))
`;
