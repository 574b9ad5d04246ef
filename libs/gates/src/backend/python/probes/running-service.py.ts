/** A service that runs as it would in earnest: its own process, a store that its migrations made, stopped by SIGTERM. */
export const RUNNING_SERVICE_PY = String.raw`
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

TOKEN = "gate-token"
READY_WITHIN, STOPPED_WITHIN = 30, 15


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_until_ready(url, process):
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(url + "/health/ready", timeout=1) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.05)
    sys.exit(f"the service was not ready within {READY_WITHIN} s (exit code {process.poll()})")


@contextmanager
def running_service():
    port = free_port()
    env = os.environ | {"API_TOKENS": TOKEN, "HOST": "127.0.0.1", "PORT": str(port), "LOG_LEVEL": "warning"}
    env.setdefault("DATABASE_URL", "sqlite:///gate.db")
    subprocess.run([sys.executable, "-m", "app.migrate", "up"], env=env, check=True, stdout=subprocess.DEVNULL)
    process = subprocess.Popen([sys.executable, "-m", "app"], env=env)
    try:
        url = f"http://127.0.0.1:{port}"
        wait_until_ready(url, process)
        yield url
    finally:
        process.send_signal(signal.SIGTERM)
        code = process.wait(STOPPED_WITHIN)
    if code not in (0, -signal.SIGTERM):
        sys.exit(f"the service ended with {code} when it was asked to stop")
`;
