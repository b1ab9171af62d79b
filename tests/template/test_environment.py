"""Each function is given what its environment names, and nothing that it does not read."""

from dataclasses import MISSING, fields
from importlib import import_module

import pytest

from infra.local.expand import ROOT
from suban.edge.environment import Environment
from tests.template.parts import variables

FUNCTIONS = sorted(path.parent.name for path in (ROOT / "functions").glob("*/app.py"))
LIBRARY = {"LOG_LEVEL", "STAGE", "POWERTOOLS_METRICS_NAMESPACE", "POWERTOOLS_SERVICE_NAME"}
COMMON = LIBRARY | {"RELEASE_DIR"}  # in the template's Globals


def environment(function: str) -> type[Environment]:
    module = import_module(f"functions.{function}.app")
    (found,) = [
        kind
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, Environment) and kind is not Environment
    ]
    return found


@pytest.mark.parametrize("function", FUNCTIONS)
def test_declared_is_what_is_read(function: str) -> None:
    read = {field.name.upper() for field in fields(environment(function))}
    assert read - {"RELEASE_DIR"} == set(variables(f"{function.capitalize()}Function")) - COMMON


@pytest.mark.parametrize("function", FUNCTIONS)
def test_what_may_be_empty_has_a_default(function: str) -> None:
    """`!Ref ClaimPrefix` may be an empty string."""
    optional = {f.name for f in fields(environment(function)) if f.default is not MISSING}
    assert optional <= {"claim_prefix", "sms_sender_id"}
