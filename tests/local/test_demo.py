"""`make demo` against a city of its own: five stories, and real texts where they are at hand."""

import os
import socket
import subprocess
import sys

import pytest

from infra.local.demo import _played
from infra.local.demo_client import CaseFiled, CityClient, StoryError
from infra.local.demo_real import TEXTS
from infra.local.demo_stories import STORIES, Story, expect
from tests import factories


def demo(**settings: str) -> subprocess.CompletedProcess[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    there = {**os.environ, "REAL": "", "PORT": port, "SPEED": "1", "DATA": "", **settings}
    return subprocess.run(
        [sys.executable, "-m", "infra.local.demo"], env=there, capture_output=True, text=True, check=False, timeout=300
    )


def test_every_story_ends_as_it_is_told() -> None:
    played = demo()
    assert played.returncode == 0, played.stderr
    assert f"{len(STORIES)} / {len(STORIES)}" in played.stdout
    for line in ("退回", "专项督办", "不计为满意", "分拨人员", "已上报上一级", "短信 → +8613800138000"):
        assert line in played.stdout


@pytest.mark.skipif(not TEXTS.is_file(), reason="../shared/data/haikou_dev.csv is not here")
@pytest.mark.parametrize("many", ["40", pytest.param("500", marks=pytest.mark.proof)])
def test_no_real_text_is_lost(many: str) -> None:
    sent = demo(REAL=many)
    counts = {
        line.rsplit(maxsplit=1)[0].strip(): line.split()[-1] for line in sent.stdout.splitlines() if line[-1:].isdigit()
    }
    assert sent.returncode == 0, sent.stdout + sent.stderr
    assert (counts["filed"], counts["started"], counts["lost"]) == (many, many, "0")


def test_a_port_that_is_none_is_told_in_one_line() -> None:
    refused = demo(PORT="eight thousand")
    assert refused.returncode == 1
    assert refused.stderr.strip().count("\n") == 0


def test_a_story_that_ends_otherwise_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def play(_: CityClient) -> CaseFiled:
        expect(holds=False, what="nobody came")
        raise AssertionError

    monkeypatch.setattr("infra.local.demo.begin_a_working_morning", lambda *_: None)
    line = _played(1, Story("没人来", play, {}), CityClient("http://127.0.0.1:1"), factories.rules().work)
    assert line == "没人来: nobody came"


def test_a_refusal_and_silence_are_both_the_end_of_a_story() -> None:
    with pytest.raises(StoryError, match="no answer"):
        CityClient("http://127.0.0.1:1").advance("P1D")
