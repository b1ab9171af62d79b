"""What import-linter cannot say: it forbids by name, the domain allows by name."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.local.expand import ROOT

DOMAIN = sorted((ROOT / "layers" / "core" / "suban" / "domain").rglob("*.py"))


def imported(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            yield node.module or ""


@pytest.mark.parametrize("module", DOMAIN, ids=lambda path: path.stem)
def test_the_domain_imports_only_the_standard_library_and_itself(module: Path) -> None:
    names = imported(module.read_text("utf-8"))
    outside = [
        n for n in names if n.partition(".")[0] not in sys.stdlib_module_names and not n.startswith("suban.domain")
    ]
    assert outside == []
