/**
 * The service as it runs in earnest, whatever it is written in: its own process, a store of its own, stopped by SIGTERM. How it is
 * started stands in `gate/service.json` (a `ServiceProgram`).
 */
export const RUNNING_SERVICE_PY = String.raw`
import json
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

with open("gate/service.json", encoding="utf-8") as file:
    SERVICE = json.load(file)


def command(words):
    return [sys.executable if word == "python" else word for word in words]


def environment(**more):
    env = os.environ | {"API_TOKENS": TOKEN} | SERVICE["env"] | more
    env.setdefault("DATABASE_URL", "sqlite:///gate.db")
    return env


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
    env = environment(HOST="127.0.0.1", PORT=str(port))
    subprocess.run(command(SERVICE["up"]), env=env, check=True, stdout=subprocess.DEVNULL)
    process = subprocess.Popen(command(SERVICE["start"]), env=env)
    try:
        url = f"http://127.0.0.1:{port}"
        wait_until_ready(url, process)
        yield url
    finally:
        process.send_signal(signal.SIGTERM)
        code = process.wait(STOPPED_WITHIN)
    if code not in SERVICE["ends"]:
        sys.exit(f"the service ended with {code} when it was asked to stop")
`;

/** How a written service is migrated and started; `python` is the interpreter that runs the gate's program. */
export interface ServiceProgram {
  readonly up: readonly string[];
  /** Run one after the other they take everything back. */
  readonly down: readonly (readonly string[])[];
  readonly start: readonly string[];
  /** Exit codes of a service that was asked to stop and did; a signal is negative. */
  readonly ends: readonly number[];
  readonly env: Readonly<Record<string, string>>;
  /** Table in which the migrations note what was done. */
  readonly versions: string;
}

/** The two files that a program of a gate needs beside itself to have the service running. */
export const runningService = (service: ServiceProgram): readonly (readonly [path: string, text: string])[] => [
  ['gate/running_service.py', RUNNING_SERVICE_PY],
  ['gate/service.json', JSON.stringify(service)],
];
