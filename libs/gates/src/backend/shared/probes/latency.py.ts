/** A stated load on the running service; prints percentiles as JSON. Bodies come from the contract's own examples. */
export const LATENCY_PY = String.raw`
import http.client
import json
import sys
import threading
import time
import urllib.parse

from gate.running_service import TOKEN, running_service

CLIENTS, SECONDS, LIMIT_MS = int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3])
HEADERS = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}


def listed(contract):
    return [path for path, item in contract["paths"].items() if "get" in item and "{" not in path]


def load(host, paths, until, samples, errors):
    connection = http.client.HTTPConnection(host, timeout=10)
    turn = 0
    while time.monotonic() < until:
        path = paths[turn % len(paths)]
        turn += 1
        began = time.perf_counter()
        connection.request("GET", path, headers=HEADERS)
        answer = connection.getresponse()
        answer.read()
        samples.append((time.perf_counter() - began) * 1000)
        if answer.status >= 500:
            errors.append(answer.status)


def fill(host, contract, base):
    connection = http.client.HTTPConnection(host, timeout=10)
    for path in listed(contract):
        body = contract["paths"][path].get("post", {}).get("requestBody", {}).get("content", {})
        example = body.get("application/json", {}).get("example")
        connection.request("POST", base + path, json.dumps(example), HEADERS)
        connection.getresponse().read()


with running_service() as url:
    host = urllib.parse.urlsplit(url).netloc
    connection = http.client.HTTPConnection(host, timeout=10)
    connection.request("GET", "/openapi.json")
    contract = json.loads(connection.getresponse().read())
    base = contract["servers"][0]["url"].rstrip("/")
    fill(host, contract, base)
    paths = [base + path for path in listed(contract)]
    samples, errors = [], []
    until = time.monotonic() + SECONDS
    clients = [threading.Thread(target=load, args=(host, paths, until, samples, errors)) for _ in range(CLIENTS)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
samples.sort()
if not samples:
    sys.exit("not one request was answered")
p50, p95 = samples[len(samples) // 2], samples[int(len(samples) * 0.95)]
told = {"requests": len(samples), "p50": round(p50, 1), "p95": round(p95, 1), "errors": len(errors)}
print(json.dumps(told))
sys.exit(1 if errors or p95 >= LIMIT_MS else 0)
`;
