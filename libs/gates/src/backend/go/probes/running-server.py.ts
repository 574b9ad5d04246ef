/** The built server as it would run in earnest: its own process beside a PostgreSQL that begins empty, stopped by SIGTERM. */
export const RUNNING_SERVER_PY = String.raw`
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

TOKEN = "gate-token"
READY_WITHIN, STOPPED_WITHIN = 30, 25


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
    env = os.environ | {"API_TOKENS": TOKEN, "HOST": "127.0.0.1", "PORT": str(port), "LOG_LEVEL": "warn"}
    process = subprocess.Popen(["./server"], env=env)
    try:
        url = f"http://127.0.0.1:{port}"
        wait_until_ready(url, process)
        yield url
    finally:
        process.send_signal(signal.SIGTERM)
        code = process.wait(STOPPED_WITHIN)
    if code != 0:
        sys.exit(f"the service ended with {code} when it was asked to stop")
`;

/** Up, down, up by the server's own commands; what the second up makes must be what the first one made. */
export const SERVER_MIGRATIONS_PY = String.raw`
import os
import subprocess
import sys

import psycopg

URL, COUNT = os.environ["DATABASE_URL"], int(sys.argv[1])
COLUMNS = """
    SELECT table_name, column_name, data_type, is_nullable, coalesce(column_default, '')
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'schema_migrations' ORDER BY 1, 2
"""
CONSTRAINTS = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
    FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> 'schema_migrations' ORDER BY 1, 2
"""


def step(way):
    env = os.environ | {"API_TOKENS": "gate-token"}
    done = subprocess.run(["./server", "migrate", way], env=env, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"server migrate {way}: exit code {done.returncode}\n{done.stdout}{done.stderr}")


def catalog():
    with psycopg.connect(URL) as connection:
        return [connection.execute(query).fetchall() for query in (COLUMNS, CONSTRAINTS)]


step("up")
first = catalog()
if not first[0]:
    sys.exit("the migrations made no table")
for _ in range(COUNT):
    step("down")
left = catalog()
if left[0]:
    sys.exit(f"the way back left {sorted({row[0] for row in left[0]})}")
step("up")
if first != catalog():
    sys.exit("the second way up made another schema than the first")
print(f"{len({row[0] for row in first[0]})} tables, {len(first[0])} columns, {len(first[1])} constraints, twice the same")
`;
