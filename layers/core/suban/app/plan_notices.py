"""Event × audience → notices, by the routing table. The same event always plans the same, however late it comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from suban.domain.case import Case
from suban.domain.duty import DutyList
from suban.domain.events import Event, EventType
from suban.domain.notices import Audience, Notice, Route, Timing
from suban.domain.offices import supervisors_code
from suban.domain.worktime import WorkTime


@dataclass(frozen=True, slots=True)
class Planner:
    routes: Sequence[Route]
    duty: DutyList
    work: WorkTime

    def __call__(self, event: Event, case: Case) -> list[Notice]:
        return [
            self._notice(route, recipient, event, case)
            for route in self.routes
            if route.event == event.type and self._holds(route.condition, event)
            for recipient in self._recipients(route.audience, event, case)
        ]

    def _notice(self, route: Route, recipient: str, event: Event, case: Case) -> Notice:
        return Notice(
            case.case_id, event.version, route.template, route.audience, recipient, event.type, event.status,
            event.round, event.at, self._send_at(route, event.at, case), route.timing, event.facts,
        )  # fmt: skip

    def _holds(self, condition: str, event: Event) -> bool:
        """Decided on the event alone, so that a late replay plans the same. `unrated` is looked at when it is sent."""
        if condition in ("reopenable", "final"):
            is_final = int(event.facts.get("reopened", 0)) >= self.work.limits.reopening_times
            return is_final == (condition == "final")
        return True

    def _send_at(self, route: Route, at: datetime, case: Case) -> datetime:
        if route.timing is Timing.NEXT_MORNING:
            return self.work.next_working_morning(at)
        if case.urgent:
            return at
        if route.timing is Timing.OFFICE:
            return self.work.office_moment(at)
        return self.work.after_quiet(at) if route.audience is Audience.CITIZEN else at

    def _recipients(self, audience: Audience, event: Event, case: Case) -> list[str]:
        match audience:
            case Audience.CITIZEN:
                return [case.person] if case.person and case.reachable else []
            case Audience.UNIT | Audience.DESK:
                code = event.facts.get(audience)
                return [str(code)] if code else []
            case Audience.SUPERVISOR:
                return [self._superior(event, case)]

    def _superior(self, event: Event, case: Case) -> str:
        """Escalation climbs 街道 → 区 → 市, one rung a step; everything else is for the supervisors of the place."""
        if event.type is not EventType.CASE_ESCALATED:
            return supervisors_code(case.district)
        ladder = self.duty.ladder(str(event.facts.get("unit", "")))
        step = int(event.facts.get("step", 1))
        return ladder[min(step, len(ladder)) - 1]
