"""`python -m tests.perf.cold_start <function>`: what a fresh sandbox loads for its first request.

Run in a process of its own, with the function's environment; prints the names of the modules. Nothing is imported here
that would be counted with them.
"""

import importlib
import sys
from types import ModuleType


def _refuse(*_: object, **__: object) -> None:
    raise AssertionError("boto3.resource builds its classes at run time: no function here needs that")


def _without_aws(app: ModuleType) -> None:
    if hasattr(app, "secret"):
        setattr(app, "secret", lambda _: "secret")  # noqa: B010 - an attribute of any module
    if boto3 := sys.modules.get("boto3"):
        boto3.session.Session.resource = _refuse


def main(function: str) -> None:
    before = set(sys.modules)
    app = importlib.import_module(f"functions.{function}.app")
    _without_aws(app)
    app.entry.here()
    sys.stdout.write(" ".join(sorted(set(sys.modules) - before)))


if __name__ == "__main__":
    main(sys.argv[1])
