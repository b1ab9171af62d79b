"""A person's act on a case: read, authorise, move, commit; one transaction and nothing else."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from suban.app.ports import Cases, Clock, Repeated
from suban.domain.access import Caller, demand
from suban.domain.case import Case
from suban.domain.errors import Busy, DomainError, IdempotencyMismatch, NotFound, StaleVersion
from suban.domain.events import Actor
from suban.domain.rating import Rating
from suban.domain.records import Change, Guard, RatingRecord, Record, Words
from suban.domain.words import Action, Result

TRIES = 4  # a citizen's additive act is decided again on the fresh case


@dataclass(frozen=True, slots=True)
class Act:
    """`version` is what the caller saw (None for citizens' additive acts); `request` the hash of what it asked."""

    case_id: str
    action: Action
    caller: Caller
    request: str
    version: int | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    rating: Rating | None = None
    result: Result | None = None
    reason: str | None = None
    item: str | None = None
    unit: str | None = None
    guard: Guard | None = None

    @property
    def by(self) -> Actor:
        return Actor(self.caller.actor.role, self.caller.actor.id, self.request)


class Conflict(Exception):
    """A refusal together with the case as it is now, so that the caller can go on from there."""

    def __init__(self, why: DomainError, case: Case) -> None:
        super().__init__(why.code)
        self.why = why
        self.case = case


Move = Callable[[Case, Act, datetime], Case]


@dataclass(frozen=True, slots=True)
class Performer:
    """`moves` says how each action moves a case (app/verbs.py)."""

    cases: Cases
    clock: Clock
    moves: Mapping[Action, Move]

    def __call__(self, act: Act) -> Case:
        for _ in range(TRIES):
            case = self._case(act.case_id)
            demand(act.caller, act.action, case)
            if act.version is not None and act.version != case.version:
                return self._again(act, case)
            try:
                return self._commit(act, case)
            except StaleVersion:
                continue
            except Repeated:
                return self._repeated(act, case)
        raise Busy

    def _case(self, case_id: str) -> Case:
        case = self.cases.get(case_id)
        if case is None:
            raise NotFound(case_id=case_id)
        return case

    def _commit(self, act: Act, case: Case) -> Case:
        try:
            after = self.moves[act.action](case, act, self.clock.now())
        except DomainError as why:
            if act.guard and self.cases.guarded(act.guard.key):
                return self._repeated(act, case)
            raise Conflict(why, case) from why
        self.cases.commit(Change(case, after, tuple(_records(act, case, after)), act.guard))
        return after

    def _again(self, act: Act, case: Case) -> Case:
        """The same act once more, its answer lost: its event stands right behind the version the caller saw."""
        event = self.cases.event(act.case_id, (act.version or 0) + 1)
        if event and (event.actor, event.action, event.request) == (str(act.by), act.action, act.request):
            return case
        raise Conflict(StaleVersion(version=case.version, status=case.status), case)

    def _repeated(self, act: Act, case: Case) -> Case:
        """The same Idempotency-Key is a success if it asks for the same thing of the same case."""
        if act.guard is None or self.cases.guarded(act.guard.key) != (act.case_id, act.guard.body):
            raise IdempotencyMismatch(case_id=act.case_id)
        return self._case(case.case_id)


def _records(act: Act, before: Case, after: Case) -> list[Record]:
    records: list[Record] = [Words(after.version, act.words)] if act.words else []
    if act.rating:
        records.append(RatingRecord(before.round, after.version, after.events[-1].at, act.rating))
    return records
