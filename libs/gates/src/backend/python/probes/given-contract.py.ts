/** Holds a service for a given contract against the contract and the plan of it. Ends with 1 when something differs. */
export const GIVEN_CONTRACT_PY = String.raw`
import json
import re
import sys
import warnings

warnings.simplefilter("ignore")

import yaml
from fastapi.testclient import TestClient

from app.core.config import settings_from
from app.core.db import Row
from app.main import create_app

METHODS = ("get", "put", "post", "patch", "delete", "head", "options", "trace")
faults = []


def plain(value):
    """Keys of YAML may be numbers; JSON knows texts only."""
    if isinstance(value, dict):
        return {str(key): plain(member) for key, member in value.items()}
    return [plain(member) for member in value] if isinstance(value, list) else value


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """YAML 1.2's core schema: no dates, no yes and no."""


TAG = "tag:yaml.org,2002:"
LEFT_OUT = tuple(TAG + name for name in ("timestamp", "bool", "int", "float"))
Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in known if tag not in LEFT_OUT]
    for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
for name, pattern, first in (
    ("bool", "true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", "[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    ("float", "[-+]?(?:[.][0-9]+|[0-9]+(?:[.][0-9]*)?)(?:[eE][-+]?[0-9]+)?", "-+.0123456789"),
):
    Loader.add_implicit_resolver(TAG + name, re.compile(f"^(?:{pattern})$"), list(first))
with open("gate/designed.yaml", encoding="utf-8") as file:
    designed = plain(yaml.load(file, Loader))
with open("gate/plan.json", encoding="utf-8") as file:
    plan = json.load(file)
app = create_app(settings_from({"DATABASE_URL": "sqlite://", "API_TOKENS": "gate"}))
refused = {(o["method"], o["path"]): o["reasons"] for o in plan["operations"] if o["support"] == "refused"}
told = {(o["method"], o["path"]) for o in plan["operations"]}
wanted = {(m, path) for path, item in designed["paths"].items() for m in METHODS if m in (item or {})}
faults += [f"{m.upper()} {path}: the plan does not tell of it" for m, path in sorted(wanted - told)]
seen = set()
with TestClient(app, raise_server_exceptions=False) as http:
    Row.metadata.create_all(app.state.database.engine)
    served = http.get("/openapi.json").json()
    faults += [f"served document: {key} differs from the contract" for key in designed if served.get(key) != designed[key]]
    for method, path in [(o["method"], o["path"]) for o in plan["operations"]]:
        shape = re.sub(r"\{[^{}]*\}", "1", path)
        twin = (method, shape) in seen
        seen.add((method, shape))
        answer = http.request(method.upper(), plan["basePath"] + shape, headers={"Authorization": "Bearer gate"})
        unrouted = answer.status_code in (404, 405) and answer.text.endswith('"status": %d}' % answer.status_code)
        if unrouted and "detail" not in answer.text and not twin:
            faults.append(f"{method.upper()} {path}: nothing answers there")
        elif (method, path) in refused and not twin and answer.status_code != 501:
            faults.append(f"{method.upper()} {path}: it is not served and answers {answer.status_code} instead of 501")
        elif (method, path) not in refused and answer.status_code >= 500:
            faults.append(f"{method.upper()} {path}: it is served and answers {answer.status_code}")
for fault in faults[:50]:
    print(f"fault: {fault[:600]}")
for (method, path), reasons in refused.items():
    print(f"unserved: {method.upper()} {path}: {'; '.join(reasons)[:600]}")
print(f"{len(told)} operations reached, {len(told) - len(refused)} served, {len(refused)} answer 501, {len(faults)} faults")
sys.exit(1 if faults or not wanted else 0)
`;
