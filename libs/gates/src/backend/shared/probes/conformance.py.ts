/** Schemathesis against the running service: server errors, statuses, content types, headers, schemas, refusal of what is wrong. */
export const CONFORMANCE_PY = String.raw`
import subprocess
import sys

from gate.running_service import TOKEN, running_service

MAX_EXAMPLES = sys.argv[1]

with running_service() as url:
    program = [sys.executable, "-m", "schemathesis.cli"]
    options = [
        "--url", url + sys.argv[2],
        "--header", f"Authorization: Bearer {TOKEN}",
        "--max-examples", MAX_EXAMPLES,
        "--phases", "examples,coverage,fuzzing,stateful",
        "--generation-deterministic",
        "--generation-codec", "utf-8",
        "--no-color",
        *(word for name in sys.argv[3:] for word in ("--exclude-name", name)),
    ]
    code = subprocess.run([*program, "--config-file", "gate/schemathesis.toml", "run", url + "/openapi.json", *options]).returncode
sys.exit(code)
`;

/** A valid body may still be refused: a version that is not the current one (412), a rule or a reference (422). */
export const SCHEMATHESIS_TOML = `[checks.positive_data_acceptance]
expected-statuses = ["2xx", "401", "403", "404", "409", "412", "422"]
`;
