/** Compares the designed contract with what the service serves and with what its routes amount to. Ends with 1 when they differ. */
export const CONTRACT_PY = String.raw`
import json
import sys
import warnings

warnings.simplefilter("ignore")

import yaml
from fastapi.testclient import TestClient

from app.core.config import settings_from
from app.main import create_app
from gate.comparison import Document

MAX_FINDINGS = 50
findings = []


def differ(place, designed, found):
    if isinstance(designed, dict) and isinstance(found, dict):
        for key in [*designed, *(key for key in found if key not in designed)]:
            if key not in found:
                findings.append((place, f"{key} is in the contract but not in the service"))
            elif key not in designed:
                findings.append((place, f"{key} is in the service but not in the contract"))
            else:
                differ(f"{place} {key}", designed[key], found[key])
    elif designed != found:
        findings.append((place, f"the contract says {json.dumps(designed)}, the service {json.dumps(found)}"))


with open("gate/designed.yaml", encoding="utf-8") as file:
    designed = yaml.load(file, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
app = create_app(settings_from({"DATABASE_URL": "sqlite://", "API_TOKENS": "gate"}))
with TestClient(app) as http:
    served = http.get("/openapi.json").json()
differ("served document:", designed, served)
base = designed["servers"][0]["url"].rstrip("/")
routes = Document(app.openapi(), base).operations()
differ("routes:", Document(designed).operations(), routes)
for place, message in findings[:MAX_FINDINGS]:
    print(f"{place[:300]}: {message[:600]}")
print(f"{len(routes)} operations compared, {len(findings)} differences")
sys.exit(1 if findings or not routes else 0)
`;
