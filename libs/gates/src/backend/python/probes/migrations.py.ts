/** Up, down, up on a PostgreSQL that begins empty; what the second up makes must be what the first one made. */
export const MIGRATIONS_PY = String.raw`
import os
import subprocess
import sys

import psycopg

URL = os.environ["DATABASE_URL"]
COLUMNS = """
    SELECT table_name, column_name, data_type, is_nullable, coalesce(column_default, '')
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'schema_versions' ORDER BY 1, 2
"""
CONSTRAINTS = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> 'schema_versions' ORDER BY 1, 2
"""


def step(*arguments):
    done = subprocess.run([sys.executable, "-m", "app.migrate", *arguments], capture_output=True, text=True)
    print(f"app.migrate {' '.join(arguments)}: exit code {done.returncode}")
    if done.returncode != 0:
        sys.exit(done.stdout + done.stderr)


def catalog():
    with psycopg.connect(URL) as connection:
        return [connection.execute(query).fetchall() for query in (COLUMNS, CONSTRAINTS)]


step("up")
first = catalog()
if not first[0]:
    sys.exit("the migrations made no table")
step("down", "--all")
left = catalog()
if left[0]:
    sys.exit(f"the way back left {sorted({row[0] for row in left[0]})}")
step("up")
second = catalog()
if first != second:
    sys.exit("the second way up made another schema than the first")
print(f"{len({row[0] for row in first[0]})} tables, {len(first[0])} columns, {len(first[1])} constraints, twice the same")
`;
