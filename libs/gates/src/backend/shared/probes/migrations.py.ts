/** Up, down, up on a PostgreSQL that begins empty, by the service's own commands; what the second up makes must be what the first one made. */
export const MIGRATIONS_PY = String.raw`
import os
import subprocess
import sys

import psycopg

from gate.running_service import SERVICE, command, environment

URL = os.environ["DATABASE_URL"]
COLUMNS = """
    SELECT table_name, column_name, data_type, is_nullable, coalesce(column_default, '')
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> %(versions)s ORDER BY 1, 2
"""
CONSTRAINTS = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
    FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> %(versions)s ORDER BY 1, 2
"""


def step(words):
    done = subprocess.run(command(words), env=environment(), capture_output=True, text=True)
    print(f"{' '.join(words)}: exit code {done.returncode}")
    if done.returncode != 0:
        sys.exit(done.stdout + done.stderr)


def catalog():
    with psycopg.connect(URL) as connection:
        return [connection.execute(query, {"versions": SERVICE["versions"]}).fetchall() for query in (COLUMNS, CONSTRAINTS)]


step(SERVICE["up"])
first = catalog()
if not first[0]:
    sys.exit("the migrations made no table")
for words in SERVICE["down"]:
    step(words)
left = catalog()
if left[0]:
    sys.exit(f"the way back left {sorted({row[0] for row in left[0]})}")
step(SERVICE["up"])
if first != catalog():
    sys.exit("the second way up made another schema than the first")
print(f"{len({row[0] for row in first[0]})} tables, {len(first[0])} columns, {len(first[1])} constraints, twice the same")
`;
