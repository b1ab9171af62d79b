"""`make demo`: the closed loop over HTTP, as its citizens read it. PORT and REAL from the environment."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from infra.local.__main__ import WrongSettingError, port
from infra.local.demo_client import CaseFiled, CityClient, StoryError
from infra.local.demo_real import send_real_texts
from infra.local.demo_stories import STORIES, Story, begin_a_working_morning
from infra.local.kinds import Json
from infra.local.stack import RELEASE
from suban.adapters.release import Release
from suban.domain.worktime import WorkTime

STARTING = 60  # real seconds


def main() -> int:
    try:
        wanted = port(os.environ)
    except WrongSettingError as error:
        raise SystemExit(str(error)) from None
    with city_at(wanted) as city:
        if real := os.environ.get("REAL"):
            return send_real_texts(city, real)
        work = Release.load(RELEASE).rules.work
        wrong = [line for number, story in enumerate(STORIES, 1) if (line := _played(number, story, city, work))]
    print(f"\n{len(STORIES) - len(wrong)} / {len(STORIES)} 个故事按规则走完。")
    for line in wrong:
        print(f"  ✗ {line}", file=sys.stderr)
    return 1 if wrong else 0


@contextmanager
def city_at(wanted: int) -> Iterator[CityClient]:
    """The one that runs there already, else one of our own for as long as the demo lasts."""
    city = CityClient(f"http://127.0.0.1:{wanted}")
    if city.is_there():
        yield city
        return
    print(f"{city.url} 上没有城市，先开一座……", flush=True)
    with subprocess.Popen([sys.executable, "-m", "infra.local"], stdout=subprocess.DEVNULL) as own:
        try:
            _wait(city, own)
            yield city
        finally:
            own.terminate()


def _wait(city: CityClient, own: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + STARTING
    while not city.is_there():
        if own.poll() is not None or time.monotonic() > until:
            raise SystemExit(f"The city did not start at {city.url}; `make run` says why.")
        time.sleep(0.2)


def _played(number: int, story: Story, city: CityClient, work: WorkTime) -> str | None:
    """None, or in one line how the story went wrong."""
    print(f"\n━━ {number}. {story.title}", flush=True)
    try:
        begin_a_working_morning(city, work)
        case = story.play(city)
        end = case.becomes(**story.end)
        city.advance("P1D")  # what is left to tell goes out
    except StoryError as error:
        return f"{story.title}: {error}"
    _tell(case, end, city.messages(case.case_id))
    return None


def _tell(case: CaseFiled, end: Json, messages: list[Json]) -> None:
    print(f"   {case.case_id}   查询码 {case.tracking_code}\n   「{case.text}」")
    lines = [(step["at"], f"第{step['round']}轮  {step['text']}") for step in end["timeline"]]
    lines += [(told["at"], f"  短信 → {told['to']}  {told['text']}") for told in messages if told["kind"] == "sms"]
    for at, line in sorted(lines, key=lambda pair: pair[0]):
        print(f"   {at[5:16].replace('T', ' ')}  {line}")
    told = sum(message["kind"] == "unit" for message in messages)
    print(f"   结果：{end['status']}（{end['closed_as']}），单位消息 {told} 条")


if __name__ == "__main__":
    sys.exit(main())
