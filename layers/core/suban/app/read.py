"""Reading: one case with its story, a citizen's own cases, a queue. Reads never write."""

from dataclasses import dataclass

from suban.app.ports import Cases, Clock, Codes, Cursors, Page, Story
from suban.domain.access import Caller, allowed_actions, demand_sight
from suban.domain.case import Case
from suban.domain.errors import Forbidden, Invalid, NotFound
from suban.domain.limits import Limits
from suban.domain.offices import desk_code, supervisors_code
from suban.domain.words import Action, Role, Status

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Sight:
    """A story and what this caller can do with it now."""

    story: Story
    allowed: list[Action]


@dataclass(frozen=True, slots=True)
class Listing:
    cases: list[Case]
    allowed: list[list[Action]]
    cursor: str | None


@dataclass(frozen=True, slots=True)
class Reader:
    cases: Cases
    clock: Clock
    limits: Limits
    cursors: Cursors

    def case(self, case_id: str, caller: Caller) -> Sight:
        story = self.cases.story(case_id)
        if story is None:
            raise NotFound(case_id=case_id)
        demand_sight(caller, story.case)
        return Sight(story, self.allowed(caller, story.case))

    def allowed(self, caller: Caller, case: Case) -> list[Action]:
        return allowed_actions(caller, case, self.clock.now(), self.limits)

    def own(self, caller: Caller, cursor: str | None) -> Listing:
        """A citizen's own cases, newest first."""
        if caller.role is not Role.CITIZEN:
            raise Forbidden(role=caller.role)
        if caller.person is None:
            return Listing([], [], None)
        query = f"own:{caller.person}"
        page = self.cases.of_person(caller.person, PAGE_SIZE, self.cursors.open(query, cursor))
        return self._listing(page, caller, query, None)

    def queue(self, caller: Caller, kind: str | None, status: Status | None, cursor: str | None) -> Listing:
        """What waits for the caller's unit, desk or supervisors, the most urgent first."""
        own_kind, owner = _queue_of(caller)
        if kind is not None and kind != own_kind:
            raise Invalid(field="kind", expected=own_kind)
        query = f"queue:{owner}:{own_kind}:{status or ''}"
        page = self.cases.queue(owner, own_kind, PAGE_SIZE, self.cursors.open(query, cursor))
        return self._listing(page, caller, query, status)

    def _listing(self, page: Page, caller: Caller, query: str, status: Status | None) -> Listing:
        cases = [case for case in page.cases if status is None or case.status is status]
        allowed = [self.allowed(caller, case) for case in cases]
        return Listing(cases, allowed, self.cursors.seal(query, page.after))


def _queue_of(caller: Caller) -> tuple[str, str]:
    match caller.role:
        case Role.UNIT_STAFF | Role.UNIT_LEAD if caller.unit:
            return "handling", caller.unit
        case Role.DISPATCHER:
            return "desk", desk_code(caller.district)
        case Role.SUPERVISOR:
            return "supervision", supervisors_code(caller.district)
        case _:
            raise Forbidden(role=caller.role)


@dataclass(frozen=True, slots=True)
class TrackingCodes:
    """Who holds a case's tracking code stands for its citizen, in that one case."""

    codes: Codes

    def caller(self, case_id: str, code: str) -> Caller:
        if not self.codes.is_tracking_code(case_id, code):
            raise NotFound(case_id=case_id)
        return Caller(Role.CITIZEN, case_id=case_id)
