"""What each function loads, in a fresh process: the part of a cold start that the code decides."""

import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from infra.local.stack import RELEASE
from tests.template.parts import FUNCTION, of_type

ROOT = Path(__file__).parents[2]
FUNCTIONS = ("authorizer", "casework", "citizen", "dispatch", "notify", "relay", "steps", "sweeper")

# Modules once wired, with room for a tenth more: a third-party library that slips in shows here.
MODULES = {
    "authorizer": 340,
    "casework": 705,
    "citizen": 775,
    "dispatch": 500,
    "notify": 570,
    "relay": 570,
    "steps": 485,
    "sweeper": 480,
}
LAPTOP_ONLY = {"chalice", "moto", "samtranslator", "pytest"}
NEVER = LAPTOP_ONLY | {"numpy", "pandas", "requests", "yaml", "chinese_calendar", "holidays"}
OF_HTTP = {"pydantic"}
OF_TOKENS = {"jwt", "cryptography"}
OF_WORDS = {"jieba", "opencc"}


@cache
def _loaded(function: str) -> frozenset[str]:
    (properties,) = [p for p in of_type(FUNCTION).values() if next(iter(p["Code"].values())).endswith(f"/{function}")]
    variables = dict.fromkeys(properties["Environment"]["Variables"], "https://example.org/x")
    environment = {**variables, "RELEASE_DIR": str(RELEASE), "PYTHONPATH": f"{ROOT / 'layers' / 'core'}:{ROOT}"}
    return frozenset(_python(["-m", "tests.perf.cold_start", function], environment).split())


def _python(arguments: list[str], environment: dict[str, str]) -> str:
    """What a fresh process writes."""
    region = {"AWS_DEFAULT_REGION": "ap-southeast-1"}
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment | region, stdout=subprocess.PIPE, check=True, text=True)  # noqa: S603
    return done.stdout


def _libraries(function: str) -> set[str]:
    return {name.partition(".")[0] for name in _loaded(function)}


def test_every_function_is_measured() -> None:
    assert {folder.parent.name for folder in ROOT.glob("functions/*/app.py")} == set(FUNCTIONS) == set(MODULES)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_loads_no_more_than_it_did(function: str) -> None:
    assert len(_loaded(function)) <= MODULES[function]


@pytest.mark.parametrize("function", FUNCTIONS)
def test_nothing_of_the_laptop_or_of_science_is_loaded(function: str) -> None:
    assert _libraries(function) & NEVER == set()


@pytest.mark.parametrize("function", FUNCTIONS)
def test_words_are_known_to_dispatch_alone(function: str) -> None:
    assert (_libraries(function) & OF_WORDS != set()) == (function == "dispatch")


@pytest.mark.parametrize("function", FUNCTIONS)
def test_tokens_are_known_to_those_who_verify_them(function: str) -> None:
    assert _libraries(function) & OF_TOKENS == (OF_TOKENS if function in {"authorizer", "citizen"} else set())


@pytest.mark.parametrize("function", FUNCTIONS)
def test_models_are_known_to_those_who_speak_http(function: str) -> None:
    assert _libraries(function) & OF_HTTP == (OF_HTTP if function in {"casework", "citizen"} else set())


def test_the_authorizer_makes_no_aws_client() -> None:
    assert not any(name.startswith("boto3") for name in _loaded("authorizer"))


def test_the_domain_imports_only_the_standard_library() -> None:
    code = """if True:
        import sys; before = set(sys.modules)
        import importlib, pkgutil, suban.domain
        for found in pkgutil.iter_modules(suban.domain.__path__):
            importlib.import_module(f"suban.domain.{found.name}")
        print(*{name.partition(".")[0] for name in set(sys.modules) - before})"""
    loaded = _python(["-c", code], {"PYTHONPATH": str(ROOT / "layers" / "core")}).split()
    assert {name for name in loaded if name not in sys.stdlib_module_names} == {"suban"}
