"""Plants defects into the files of a service, one at a time, and asks the service's own tests which of them they notice.

Each mutant lives in a forked process of its own, in which one module is loaded from changed source; the files stay as they are.
Usage, in the service's folder: python mutate.py PER_FILE FILE…: one line `mutant {…}` for each.
"""

import ast
import copy
import hashlib
import importlib.abc
import importlib.util
import json
import os
import pathlib
import random
import re
import signal
import sys

SWAPPED = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
}
SECONDS_PER_MUTANT = 120


def docstrings(tree):
    """Texts that are no code."""
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)}


def changes(node):
    """What can be changed of one node: a name for it, and a function that does it."""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, bool):
            yield "turn the truth value", lambda n: setattr(n, "value", not n.value)
        elif isinstance(node.value, int | float):
            yield "one more", lambda n: setattr(n, "value", n.value + 1)
        elif isinstance(node.value, str):
            yield "another text", lambda n: setattr(n, "value", n.value + "XX")
    if isinstance(node, ast.Compare) and type(node.ops[0]) in SWAPPED:
        yield "another comparison", lambda n: n.ops.__setitem__(0, SWAPPED[type(n.ops[0])]())
    if isinstance(node, ast.BoolOp):
        yield "and for or", lambda n: setattr(n, "op", SWAPPED[type(n.op)]())
    if isinstance(node, ast.BinOp) and type(node.op) in SWAPPED:
        yield "another sign", lambda n: setattr(n, "op", SWAPPED[type(n.op)]())
    if isinstance(node, ast.If | ast.IfExp | ast.While):
        yield "the opposite condition", lambda n: setattr(n, "test", ast.UnaryOp(ast.Not(), n.test))
    if isinstance(node, ast.Return) and node.value is not None:
        yield "nothing returned", lambda n: setattr(n, "value", ast.Constant(None))
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield "a call left out", lambda n: setattr(n, "value", ast.Constant(None))
    if isinstance(node, ast.Raise):
        yield "no error raised", lambda n: n.__dict__.update(exc=ast.Name("StopIteration", ast.Load()), cause=None)


def mutants_of(path, per_file):
    """Some changes of a file, always the same ones."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent = docstrings(tree)
    nodes = [node for node in ast.walk(tree)]
    sites = [
        (index, name) for index, node in enumerate(nodes) if id(node) not in silent for name, _ in changes(node)
    ]
    seed = int(hashlib.sha256(str(path).encode()).hexdigest(), 16)
    for index, name in random.Random(seed).sample(sites, min(per_file, len(sites))):
        changed = copy.deepcopy(tree)
        node = list(ast.walk(changed))[index]
        dict(changes(node))[name](node)
        yield {"file": str(path), "line": getattr(node, "lineno", 0), "change": name, "source": ast.unparse(ast.fix_missing_locations(changed))}


class Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads one module from other source than its file's."""

    def __init__(self, module, path, source):
        self.module, self.path, self.source = module, path, source

    def find_spec(self, name, path=None, target=None):
        if name != self.module:
            return None
        package = self.path.endswith("__init__.py")
        spec = importlib.util.spec_from_loader(name, self, origin=self.path, is_package=package)
        spec.has_location = True
        return spec

    def get_source(self, name):
        return self.source

    def get_code(self, name):
        return compile(self.source, self.path, "exec")

    def get_filename(self, name):
        return os.path.abspath(self.path)

    def exec_module(self, module):
        module.__file__ = os.path.abspath(self.path)
        exec(compile(self.source, self.path, "exec"), module.__dict__)


def tests_for(path):
    """The tests that are closest to a file first; those of a single entity stand for all where the file is everybody's."""
    name = pathlib.Path(path).stem
    own = [f"tests/unit/test_{name}_rules.py", f"tests/integration/test_{name}_api.py"]
    own = [test for test in own if pathlib.Path(test).exists()]
    rest = sorted(str(test) for test in pathlib.Path("tests").rglob("test_*.py"))
    plain = [test for test in rest if not re.search(r"_(rules|api)\.py$", test)]
    return [*own, *plain] if own else [*plain, *[test for test in rest if test not in plain]]


def notices(mutant):
    """In a process of its own: whether the tests fail. Never returns."""
    os.setpgrp()
    signal.alarm(SECONDS_PER_MUTANT)
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)
    path = mutant["file"]
    module = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    sys.meta_path.insert(0, Changed(module, path, mutant["source"]))
    if path == "app/migrate.py":
        os.environ["TEST_DATABASE_URL"] = os.environ["DATABASE_URL"]
        chosen = ["tests/unit/test_start.py", "tests/unit/test_models.py", "tests/integration/test_migrate.py"]
    else:
        chosen = tests_for(path)
    import pytest

    os._exit(0 if pytest.main(["-x", "-q", *chosen]) == 0 else 1)


def judged(mutant):
    """Whether the tests notice a mutant; a test that never ends has noticed it."""
    child = os.fork()
    if child == 0:
        notices(mutant)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) != 0


def main(per_file, paths):
    import fastapi.testclient  # noqa: F401  what all of them need is loaded once
    import psycopg  # noqa: F401
    import pytest  # noqa: F401
    import sqlalchemy.orm  # noqa: F401
    import uvicorn  # noqa: F401

    for path in map(pathlib.Path, paths):
        lines = path.read_text(encoding="utf-8").split("\n")
        for mutant in mutants_of(path, per_file):
            told = {
                "path": str(path),
                "line": mutant["line"],
                "change": mutant["change"],
                "was": lines[mutant["line"] - 1].strip() if mutant["line"] else "",
                "became": "",
                "killed": judged(mutant),
            }
            print("mutant " + json.dumps(told), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
