"""`make run` with something wrong: one clear line, exit code 2."""

import signal
import socket
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from infra.local import __main__ as program
from infra.local import stack
from infra.local.environments import Environments
from infra.local.resolve import Names
from suban.adapters.release import Release
from suban.domain.calendar import CHINA


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        yield int(busy.getsockname()[1])


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(program, "LOG", tmp_path / "city.log")
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    for name in ("PORT", "SPEED", "NOW", "DATA"):
        monkeypatch.delenv(name, raising=False)


def refusal(capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as ended:
        program.main()
    assert ended.value.code == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    return told.err


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "abc"),
        ("PORT", "0"),
        ("PORT", "70000"),
        ("PORT", "-1"),
        ("SPEED", "0"),
        ("SPEED", "fast"),
        ("SPEED", "nan"),
        ("NOW", "tomorrow"),
        ("DATA", "d"),
    ],
)
def test_a_wrong_setting(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(name, value)

    assert refusal(capsys).startswith(name)


def test_the_city_opens_when_it_is_told_to_and_else_in_office_hours() -> None:
    office = Release.load(stack.RELEASE).rules.work.office
    assert office.is_open(program.origin({}))
    assert program.origin({"NOW": "2026-03-05T22:30"}) == datetime(2026, 3, 5, 22, 30, tzinfo=CHINA)
    assert abs(program.origin({"NOW": "real"}) - datetime.now(CHINA)) < timedelta(minutes=1)


def test_a_taken_port(taken: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("PORT", str(taken))

    assert f"Port {taken} is taken" in refusal(capsys)


def test_a_missing_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(stack, "RELEASE", tmp_path)

    assert "build/release is missing" in refusal(capsys)


def test_each_thread_sees_the_environment_of_its_function() -> None:
    environments = Environments({"HOME": "/home", "STAGE": "shared"})
    seen: list[str | None] = []
    with environments.of({"STAGE": "own"}):
        other = threading.Thread(target=lambda: seen.append(environments.get("STAGE")))
        other.start()
        other.join()
        seen += [environments.get("STAGE"), environments.get("HOME"), environments.get("NONE")]

    assert [*seen, environments["STAGE"]] == ["shared", "own", "/home", None, "shared"]


def test_a_resource_that_nobody_thought_of_is_named() -> None:
    with pytest.raises(
        stack.UnknownResourceError, match=r"Cache is an AWS::ElastiCache::CacheCluster: say in .*stack\.py"
    ):
        stack._is_known("Cache", "AWS::ElastiCache::CacheCluster")


def test_references_are_resolved_as_cloudformation_does() -> None:
    names = Names({"Prod": {"Fn::Equals": [{"Ref": "Stage"}, "prod"]}, "Not": {"Fn::Not": [{"Condition": "Prod"}]}})
    names.refs |= {"Stage": "dev", "Queue": "https://queue"}
    names.attributes["Table", "Arn"] = "arn:table"
    given = {
        "a": {"Fn::Sub": "${Stage}-${Table.Arn}-${!kept}"},
        "b": {"Fn::Sub": ["${x}/${Queue}", {"x": {"Ref": "Stage"}}]},
        "c": {"Fn::If": ["Prod", 1, {"Fn::GetAtt": ["Table", "Arn"]}]},
        "d": [{"Fn::Join": ["-", ["x", {"Ref": "Stage"}]]}, {"Fn::If": ["Not", "yes", "no"]}],
    }

    assert names.resolve(given) == {
        "a": "dev-arn:table-${kept}",
        "b": "dev/https://queue",
        "c": "arn:table",
        "d": ["x-dev", "yes"],
    }
