"""A story that meets every step and most messages, and what came of it."""

from collections import Counter
from dataclasses import dataclass, field

from tests.lives import UNSURE, Life, Machine


@dataclass(frozen=True)
class Outcome:
    """`messages`: what was told to whom, counted. `stuck`: notices that are neither sent, failed nor superseded."""

    states: tuple[str, ...]
    lives: tuple[tuple[str, ...], ...]
    messages: Counter[tuple[str, str, str]]
    stuck: int
    cases: tuple[Life, ...] = field(default=(), compare=False)


def told(machine: Machine) -> Outcome:
    """Dispatched by hand and by the machine, rated badly, supervised, closed; unrated; overdue; reopened."""
    one, two = machine.file(), machine.file(UNSURE)
    recovered(machine)
    boss = machine.supervisor(district="440305")
    one.answered().judged(1)
    recovered(machine)
    one.answered().judged(1).does(boss, "supervise", instruction="限期整改").answered().does(boss, "close", note="核实")
    two.does(machine.dispatcher(district="440305"), "dispatch", item_code="03-01-006")
    recovered(machine)
    two.answered().judged(5).wishes("reopening", reason="又来了")
    recovered(machine)
    two.answered()
    machine.later(days=15)
    recovered(machine)
    return outcome(machine, one, two)


def recovered(machine: Machine) -> None:
    """The sweeper passes, leases run out, retries are made."""
    for _ in range(3):
        machine.later(minutes=20)
        machine.city.drain()


def outcome(machine: Machine, *cases: Life) -> Outcome:
    messages = Counter(
        (str(n), m["to"], m["body"]["event"] if m["kind"] == "unit" else m["text"].replace(case.case_id, "")[:10])
        for n, case in enumerate(cases)
        for kind in ("sms", "unit")
        for m in case.messages(kind)
    )
    return Outcome(
        tuple(case.status for case in cases),
        tuple(tuple(life["status"] for life in case.lives()) for case in cases),
        messages,
        machine.unsettled(),
        cases,
    )
