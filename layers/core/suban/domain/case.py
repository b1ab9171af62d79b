"""The case (诉求) as one aggregate: the moves that people, automatic dispatch and time make.

Every move returns a new case with one more event, or raises what the table of moves or a rule forbids.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self

from suban.domain import preconditions
from suban.domain.case_facts import CaseFacts
from suban.domain.events import Actor, Event, EventType, Fact
from suban.domain.limits import Limit
from suban.domain.rating import Rating
from suban.domain.rules import Rules
from suban.domain.words import Action, Next, Result, Status


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who is responsible and under which law: pinned on the case at dispatch, never rewritten by a later release."""

    unit: str
    item: str
    release: str
    rule: str
    confidence: float
    limit: Limit
    district: str | None = None
    street: str | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a case goes to which desk."""

    desk: str
    reason: str
    release: str
    district: str | None = None
    street: str | None = None


class Case(CaseFacts):
    __slots__ = ()

    @classmethod
    def submit(cls, by: Actor, at: datetime, **facts: Any) -> Self:  # noqa: ANN401 - the fields above
        case = cls(submitted_at=at, changed_at=at, **facts)
        said = {"channel": case.channel, "kind": case.kind}
        born = Event(EventType.CASE_SUBMITTED, 1, at, str(by), case.status, 1, 1, said, "", by.request)
        return replace(case, events=(born,))

    def _without(self, *names: str) -> dict[str, datetime]:
        return {name: moment for name, moment in self.deadlines.items() if name not in names}

    # -- dispatch ---------------------------------------------------------------------------------------------------

    def dispatch(self, to: Assignment, by: Actor, at: datetime, rules: Rules, *, urgent: bool = False) -> Self:
        """分拨. The clock runs from submission, whoever dispatches and however late."""
        preconditions.check(self, Action.DISPATCH, at, rules.limits)
        due = rules.work.due(self.submitted_at, to.limit)
        return self.moved(
            EventType.CASE_DISPATCHED, by, at,
            {"item": to.item, "release": to.release, "rule": to.rule},
            Action.DISPATCH,
            status=Status.DISPATCHED, next=Next.HANDLING, deadlines=rules.handling_deadlines(at, due, to.limit),
            unit=to.unit, first_unit=to.unit, item=to.item, release=to.release, rule=to.rule, confidence=to.confidence,
            limit=to.limit, due_at=due, urgent=self.urgent or urgent, desk=None, overdue=False,
            district=to.district or self.district, street=to.street or self.street,
        )  # fmt: skip

    def send_to_desk(self, doubt: Doubt, by: Actor, at: datetime, rules: Rules, *, urgent: bool = False) -> Self:
        """Unsure: a dispatcher decides, within the dispatch limit counted from submission."""
        preconditions.check(self, Action.DISPATCH, at, rules.limits)
        due = rules.work.due(self.submitted_at, rules.limits.dispatch(urgent or self.urgent))
        return self.moved(
            EventType.CASE_SENT_TO_DESK, by, at, {"reason": doubt.reason}, Action.DISPATCH,
            status=Status.AT_DESK, next=Next.DESK, deadlines={"desk": due}, due_at=due, urgent=self.urgent or urgent,
            desk=doubt.desk, release=doubt.release, district=doubt.district, street=doubt.street,
        )  # fmt: skip

    # -- the unit ---------------------------------------------------------------------------------------------------

    def acknowledge(self, by: Actor, at: datetime, rules: Rules) -> Self:
        """签收."""
        preconditions.check(self, Action.ACKNOWLEDGE, at, rules.limits)
        return self.moved(
            EventType.CASE_ACKNOWLEDGED, by, at, action=Action.ACKNOWLEDGE,
            status=Status.ACKNOWLEDGED, acknowledged_at=at,
        )  # fmt: skip

    def record_contact(self, by: Actor, at: datetime, rules: Rules) -> Self:
        """首次联系; later contacts are recorded too, the first one counts."""
        preconditions.check(self, Action.CONTACT, at, rules.limits)
        return self.moved(
            EventType.CONTACT_RECORDED, by, at, {"first": self.contacted_at is None}, Action.CONTACT,
            contacted_at=self.contacted_at or at, deadlines=self._without("contact"),
        )  # fmt: skip

    def complete(self, result: Result, by: Actor, at: datetime, rules: Rules, reason: str = "") -> Self:
        """办结: the unit has answered the citizen; under special supervision the supervisor looks at it first."""
        preconditions.check(self, Action.COMPLETE, at, rules.limits)
        answer: dict[str, Fact] = {"result": result, **({"reason": reason} if reason else {})}
        if self.status is Status.SUPERVISED:
            return self.moved(
                EventType.WORK_ANSWERED, by, at, answer, Action.COMPLETE,
                answered=True, result=result, completed_at=at, deadlines={"review": rules.review_due(at)},
            )  # fmt: skip
        return self.moved(
            EventType.CASE_COMPLETED, by, at, answer | {"overdue": self.overdue}, Action.COMPLETE,
            status=Status.COMPLETED, next=Next.RATING, result=result, completed_at=at,
            deadlines={"rating": rules.work.due(at, rules.limits.rating)},
        )  # fmt: skip

    # -- the citizen ------------------------------------------------------------------------------------------------

    def rate(self, rating: Rating, by: Actor, at: datetime, rules: Rules) -> Self:
        """好差评. The first negative rating sends the case back, every later one to special supervision."""
        preconditions.check(self, Action.RATE, at, rules.limits)
        overall: dict[str, Fact] = {"overall": rating.overall}
        if self.status is Status.CLOSED:
            return self.moved(
                EventType.CASE_RATED, by, at, overall, Action.RATE, rated_last=True, overall=rating.overall
            )
        if not rating.is_negative:
            return self._closed("rated", EventType.CASE_CLOSED, by, at, overall, Action.RATE, overall=rating.overall)
        return self._supervised(overall, by, at, rules) if self.negatives else self._rolled_back(overall, by, at, rules)

    def _rolled_back(self, facts: dict[str, Fact], by: Actor, at: datetime, rules: Rules) -> Self:
        """不满意回退: same lead unit, next round, the pinned limit halved and counted from the rating."""
        limit = self.pinned_limit.halved()
        return self.moved(
            EventType.CASE_ROLLED_BACK, by, at, facts, Action.RATE,
            **self._handled_again(at, limit, rules), negatives=self.negatives + 1, overall=facts["overall"],
        )  # fmt: skip

    def _supervised(self, facts: dict[str, Fact], by: Actor, at: datetime, rules: Rules) -> Self:
        """专项督办: a supervisor takes the case; the lead unit keeps it."""
        return self.moved(
            EventType.CASE_SUPERVISED, by, at, facts, Action.RATE,
            status=Status.SUPERVISED, negatives=self.negatives + 1, overall=facts["overall"],
            **self._under_supervision(at, rules),
        )  # fmt: skip

    def reopen(self, by: Actor, at: datetime, rules: Rules) -> Self:
        """Same lead unit, next round, full limit, a life of its own; earlier negatives still count."""
        preconditions.check(self, Action.REOPEN, at, rules.limits)
        return self.moved(
            EventType.CASE_REOPENED, by, at, {}, Action.REOPEN,
            **self._handled_again(at, self.pinned_limit, rules), life=self.life + 1, reopened=self.reopened + 1,
            closed_at=None, closed_as=None, rated_last=False,
        )  # fmt: skip

    def supplement(self, by: Actor, at: datetime, rules: Rules) -> Self:
        preconditions.check(self, Action.SUPPLEMENT, at, rules.limits)
        return self.moved(EventType.CASE_SUPPLEMENTED, by, at, action=Action.SUPPLEMENT)

    def withdraw(self, by: Actor, at: datetime, rules: Rules) -> Self:
        preconditions.check(self, Action.WITHDRAW, at, rules.limits)
        return self.moved(
            EventType.CASE_WITHDRAWN, by, at, action=Action.WITHDRAW,
            status=Status.WITHDRAWN, next=Next.END, deadlines={}, closed_at=at, closed_as="withdrawn",
        )  # fmt: skip

    def urge(self, by: Actor, at: datetime, rules: Rules) -> Self:
        """催办: a citizen once a day, a supervisor whenever it is needed."""
        preconditions.check(self, Action.URGE, at, rules.limits, by.role)
        urged_at = at if by.role in preconditions.URGES_COUNT else self.urged_at
        return self.moved(EventType.CASE_URGED, by, at, {"by": by.role}, Action.URGE, urged_at=urged_at)

    # -- the supervisor ---------------------------------------------------------------------------------------------

    def order(self, by: Actor, at: datetime, rules: Rules) -> Self:
        """The supervisor orders the work, or sends an answer back: a fresh supervision limit either way."""
        preconditions.check(self, Action.SUPERVISE, at, rules.limits)
        return self.moved(
            EventType.SUPERVISION_ORDERED, by, at, {"again": self.answered}, Action.SUPERVISE,
            **self._under_supervision(at, rules),
        )  # fmt: skip

    def close(self, by: Actor, at: datetime, rules: Rules) -> Self:
        preconditions.check(self, Action.CLOSE, at, rules.limits)
        return self._closed("supervised", EventType.CASE_CLOSED, by, at, {}, Action.CLOSE)

    # -- shared -----------------------------------------------------------------------------------------------------

    def _closed(
        self, why: str, happened: EventType, by: Actor, at: datetime, facts: Mapping[str, Fact],
        action: Action | None = None, **changes: Any,  # noqa: ANN401 - any field of the case
    ) -> Self:  # fmt: skip
        return self.moved(
            happened, by, at, {**facts, "as": why, "reopened": self.reopened}, action,
            status=Status.CLOSED, next=Next.END, deadlines={}, closed_at=at, closed_as=why, **changes,
        )  # fmt: skip

    def close_unrated(self, by: Actor, at: datetime) -> Self:
        """Silence closes the case; it is never counted as satisfied."""
        return self._closed("unrated", EventType.CASE_CLOSED_UNRATED, by, at, {})

    def start_life(self, by: Actor, at: datetime) -> Self:
        """The execution of this life is gone while the case is open: the next one takes over where the case stands."""
        return self.moved(EventType.LIFE_STARTED, by, at, life=self.life + 1)

    def _handled_again(self, at: datetime, limit: Limit, rules: Rules) -> dict[str, Any]:
        due = rules.work.due(at, limit)
        return {
            "status": Status.DISPATCHED, "round": self.round + 1, "next": Next.HANDLING, "due_at": due,
            "deadlines": rules.handling_deadlines(at, due, limit), "acknowledged_at": None, "contacted_at": None,
            "completed_at": None, "overdue": False, "escalations": 0, "answered": False, "result": None,
        }  # fmt: skip

    def _under_supervision(self, at: datetime, rules: Rules) -> dict[str, Any]:
        limit = rules.limits.supervision
        due = rules.work.due(at, limit)
        deadlines = {
            name: due_at for name, due_at in rules.handling_deadlines(at, due, limit).items() if name != "contact"
        }
        return {
            "next": Next.SUPERVISION,
            "deadlines": deadlines,
            "due_at": due,
            "answered": False,
            "overdue": False,
            "escalations": 0,
        }
