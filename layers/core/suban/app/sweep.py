"""Repair by state, never by record: walk the open cases, compare each with its execution, mend what is stuck."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from suban.app.audit import Auditor
from suban.app.flow_state import flow_state
from suban.app.ports import Cases, Clock, Doorbell, Flow, FlowState, Metrics
from suban.domain.errors import Busy, StaleVersion
from suban.domain.events import SYSTEM
from suban.domain.records import Change

GRACE = timedelta(minutes=5)  # what is on its way by itself is left alone for so long
QUICK_LIVES = 3  # a case that breaks every execution is revived by the schedule only, not in a loop
PAGE = 100
CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Sweeper:
    cases: Cases
    flow: Flow
    clock: Clock
    metrics: Metrics
    audit: Auditor
    shards: int

    def __call__(self, has_time: Callable[[], bool] = lambda: True) -> Mapping[str, int]:
        """How many cases were seen and how many were mended, by kind of repair."""
        counts: dict[str, int] = {"seen": 0}
        for shard in range(self.shards):
            after: Mapping[str, str] | None = None
            while has_time():
                page = self.cases.open_doorbells(shard, PAGE, after)
                for bell in page.doorbells:
                    counts["seen"] += 1
                    for kind in self._swept(bell):
                        counts[kind] = counts.get(kind, 0) + 1
                if (after := page.after) is None:
                    break
        return counts

    def _swept(self, bell: Doorbell) -> Iterator[str]:
        if kind := self.mend(bell):
            yield kind
        if self.audit.is_due(bell.case) and self.audit(bell.case):
            yield "restored"

    def look_at(self, case_id: str) -> str | None:
        """One case whose execution was reported ended: mended without waiting for the grace."""
        bell = self.cases.doorbell(case_id)
        if bell is None or not bell.case.is_open or bell.case.life > QUICK_LIVES:
            return None
        return self._revive(bell)

    def mend(self, bell: Doorbell) -> str | None:
        now = self.clock.now()
        if not bell.case.is_open or not is_stuck(bell, now):
            return None
        if bell.is_ringing and self._answer(bell, flow_state(bell.case, now)):
            return self._mended("rung")
        return self._revive(bell)

    def _revive(self, bell: Doorbell) -> str | None:
        case = bell.case
        running = self.flow.is_running(case.case_id, case.life)
        if running is None:
            self.flow.start(case.case_id, case.life)
            return self._mended("started")
        if running:
            overslept = bell.is_armed and is_stuck(bell, self.clock.now())
            woken = overslept and self._answer(bell, FlowState(case.case_id, CLOCK, case.wait, 1))
            return self._mended("woken") if woken else None
        return self._next_life(bell)

    def _next_life(self, bell: Doorbell) -> str | None:
        try:
            self.cases.commit(Change(bell.case, bell.case.start_life(SYSTEM, self.clock.now())))
        except (StaleVersion, Busy):
            return None
        return self._mended("revived")

    def _answer(self, bell: Doorbell, state: FlowState) -> bool:
        return bell.token is not None and self.flow.answer(bell.token, state)

    def _mended(self, kind: str) -> str:
        self.metrics.count("CasesMended", kind=kind)
        return kind


def is_stuck(bell: Doorbell, now: datetime) -> bool:
    """Not armed for its present wait long after the last move, or asleep past its deadline."""
    if not bell.is_armed:
        return now - bell.case.changed_at > GRACE
    return bell.case.deadline is not None and now - bell.case.deadline > GRACE
