"""Two at one case: an act that happens between another's read and its write, and many acts at the same moment."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib import import_module

from infra.local.kinds import Inside
from suban.app.act import Act, Conflict
from suban.domain.access import Caller
from suban.domain.case import Case
from suban.domain.errors import Busy
from suban.domain.words import Action, Role
from suban.edge.commands import Acts
from suban.edge.models import requests
from tests.api.calls import Call, listening
from tests.api.stories import Story
from tests.api.town import UNIT, rating

ANSWERED = {"result": "resolved", "answer": "已责令停工"}


def wired(function: str) -> Inside:
    """What a function of HTTP was wired with: the gateway sends it one request at a time, AWS does not."""
    return import_module(f"functions.{function}.app").entry.here()


@contextmanager
def meanwhile(act: Callable[[], object]) -> Iterator[None]:
    """Once, right before somebody else's transaction: what that one has read is no longer so."""
    acted: list[bool] = []

    def before(call: Call) -> None:
        if call.operation == "TransactWriteItems" and not acted:
            acted.append(True)
            act()

    with listening(before):
        yield
    assert acted


def by_citizen(story: Story, action: Action, body: requests.Sent) -> Callable[[], Case]:
    return _performing(
        "citizen", Acts(story.case_id, Caller(Role.CITIZEN, case_id=story.case_id)).citizen(action, body, None)
    )


def by_unit(story: Story, action: Action, body: requests.Versioned) -> Callable[[], Case]:
    return _performing("casework", Acts(story.case_id, Caller(Role.UNIT_LEAD, "lead-1", UNIT)).work(action, body))


def _performing(function: str, act: Act) -> Callable[[], Case]:
    here = wired(function)
    return lambda: _patiently(lambda: here.perform(act))


def _patiently(act: Callable[[], Case]) -> Case:
    """As a client does that is told to try again."""
    while True:
        try:
            return act()
        except Busy:
            continue


def at_once(acts: list[Callable[[], Case]]) -> list[Case | Conflict]:
    """All of them, each in a thread of its own."""

    def outcome(act: Callable[[], Case]) -> Case | Conflict:
        try:
            return act()
        except Conflict as refused:
            return refused

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(outcome, acts))


SUPPLEMENT = requests.SupplementBody(text="补充一点")
WITHDRAWAL = requests.ReasonBody()
NEGATIVE = requests.RatingBody(**rating(1))


def completion(version: int) -> requests.CompleteBody:
    return requests.CompleteBody.model_validate({"version": version, **ANSWERED})


def contact(version: int, note: str) -> requests.ContactBody:
    return requests.ContactBody(version=version, note=note)
