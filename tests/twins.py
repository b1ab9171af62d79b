"""Cases and Notices in memory: the same promises as the tables, kept by the same contract suite."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from zlib import crc32

from suban.app.ports import Doorbell, DoorbellPage, Known, Page, Repeated, Retry, Story
from suban.domain.case import Case
from suban.domain.errors import StaleVersion
from suban.domain.events import Event
from suban.domain.notices import Notice, NoticeState
from suban.domain.records import Change, DecisionRecord, Guard, NewPerson, PhoneGiven, RatingRecord, Words
from suban.domain.tasks import tasks_of
from suban.domain.words import Next, Status

SHARDS = 16
UNIT_HOLDS = {Status.DISPATCHED, Status.ACKNOWLEDGED, Status.SUPERVISED}
Position = Mapping[str, str] | None


@dataclass
class MemoryCases:
    """`wall` gives real seconds, for guards alone; `notices` are told with a case's story."""

    wall: Callable[[], float] = lambda: 0.0
    notices: "MemoryNotices | None" = None
    _bells: dict[str, Doorbell] = field(default_factory=dict)
    _events: dict[str, dict[int, Event]] = field(default_factory=dict)
    _records: dict[str, list[Words | RatingRecord | DecisionRecord]] = field(default_factory=dict)
    _guards: dict[str, tuple[str, Guard]] = field(default_factory=dict)
    _persons: dict[str, Known] = field(default_factory=dict)
    _watched: set[str] = field(default_factory=set)

    def get(self, case_id: str) -> Case | None:
        bell = self._bells.get(case_id)
        return bell.case if bell else None

    def doorbell(self, case_id: str) -> Doorbell | None:
        return self._bells.get(case_id)

    def event(self, case_id: str, version: int) -> Event | None:
        return self._events.get(case_id, {}).get(version)

    def guarded(self, key: str) -> tuple[str, str] | None:
        kept = self._guards.get(key)
        return (kept[0], kept[1].body) if kept and kept[1].expires_at >= int(self.wall()) else None

    def words(self, case_id: str) -> Mapping[int, Words]:
        return {said.version: said for said in self._kept(case_id, Words)}

    def story(self, case_id: str) -> Story | None:
        case = self.get(case_id)
        if case is None:
            return None
        events = [event for _, event in sorted(self._events[case_id].items())]
        told = self.notices.of_case(case_id) if self.notices else []
        ratings, decisions = self._kept(case_id, RatingRecord), self._kept(case_id, DecisionRecord)
        return Story(case, events, self.words(case_id), ratings, decisions, told)

    def find(self, identity: str) -> Known | None:
        return self._persons.get(identity)

    def arm(self, case_id: str, token: str, wait: int, life: int) -> bool:
        """What the machine's Await does, not a part of the port."""
        bell = self._bells[case_id]
        if (bell.case.wait, bell.case.life) != (wait, life) or bell.case.next is Next.END:
            return False
        self._bells[case_id] = Doorbell(bell.case, token, wait)
        return True

    # -- writing ----------------------------------------------------------------------------------------------------

    def commit(self, change: Change) -> None:
        self._refuse(change)
        case_id, before = change.after.case_id, self._bells.get(change.after.case_id)
        stays = before and not change.by_machine
        kept = replace(change.after, events=())
        self._bells[case_id] = replace(before, case=kept) if before and stays else Doorbell(kept)
        self._watched.add(case_id)
        self._events.setdefault(case_id, {}).update({event.version: event for event in change.after.events})
        self._records.setdefault(case_id, []).extend(change.records)
        if change.guard:
            self._guards[change.guard.key] = (case_id, change.guard)
        match change.person:
            case NewPerson(person, identities, phone):
                self._persons |= dict.fromkeys(identities, Known(person, phone is not None))
            case PhoneGiven(person, identity):
                self._persons[identity] = Known(person, reachable=True)

    def _refuse(self, change: Change) -> None:
        if change.guard and (kept := self.guarded(change.guard.key)):
            raise Repeated(*kept)
        newcomer = change.person if isinstance(change.person, NewPerson) else None
        if newcomer and any(identity in self._persons for identity in newcomer.identities):
            raise Retry
        present = self.get(change.after.case_id)
        if change.before is None:
            if present:
                raise Retry
        elif present is None or present.version != change.before.version:
            raise StaleVersion
        if known := [e for e in change.after.events if e.version in self._events.get(change.after.case_id, {})]:
            raise AssertionError(f"an event cannot be written twice: {known}")

    # -- listings ---------------------------------------------------------------------------------------------------

    def queue(self, owner: str, kind: str, size: int, after: Position) -> Page:
        places = {f"{urgent}#{due}#{c.case_id}": c for c in self._cases() for urgent, due in _places(c, owner, kind)}
        found, position = _page(sorted(places), size, after)
        return Page([places[place] for place in found], position)

    def of_person(self, person: str, size: int, after: Position) -> Page:
        own = {_since(case): case for case in self._cases() if case.person == person}
        found, position = _page(sorted(own, reverse=True), size, after, newest_first=True)
        return Page([own[place] for place in found], position)

    def open_doorbells(self, shard: int, size: int, after: Position) -> DoorbellPage:
        there = (case_id for case_id in self._watched if crc32(case_id.encode()) % SHARDS == shard)
        bells = {_since(bell.case): bell for bell in map(self._bells.__getitem__, there)}
        found, position = _page(sorted(bells), size, after)
        return DoorbellPage([bells[place] for place in found], position)

    def unwatch(self, case: Case) -> None:
        present = self.get(case.case_id)
        if present and present.version == case.version:
            self._watched.discard(case.case_id)

    def _cases(self) -> Iterable[Case]:
        return (bell.case for bell in self._bells.values())

    def _kept[T](self, case_id: str, kind: type[T]) -> list[T]:
        return [record for record in self._records.get(case_id, []) if isinstance(record, kind)]


def _places(case: Case, owner: str, kind: str) -> list[tuple[str, str]]:
    """Priority and due date of each place that the case has in one queue."""
    due = {task.due_at for task in tasks_of(case) if (task.owner, task.kind) == (owner, kind)}
    handling = kind == "handling" and case.unit == owner and case.status in UNIT_HOLDS
    deciding = kind == "desk" and case.desk == owner and case.status is Status.AT_DESK
    if (handling or deciding) and case.due_at:
        due.add(case.due_at)
    return [("0" if case.urgent else "1", moment.isoformat()) for moment in due]


def _since(case: Case) -> str:
    return f"{case.submitted_at.isoformat()}#{case.case_id}"


def _page(
    ordered: Sequence[str], size: int, after: Position, *, newest_first: bool = False
) -> tuple[Sequence[str], Position]:
    rest = [place for place in ordered if not after or (place < after["sk"] if newest_first else place > after["sk"])]
    found = rest[:size]
    return found, {"sk": found[-1]} if len(found) == size else None


@dataclass
class MemoryNotices:
    _notices: dict[tuple[str, str], Notice] = field(default_factory=dict)

    def put(self, notice: Notice) -> None:
        self._notices.setdefault((notice.case_id, notice.id), notice)

    def get(self, case_id: str, notice_id: str) -> Notice | None:
        return self._notices.get((case_id, notice_id))

    def of_case(self, case_id: str) -> list[Notice]:
        return [notice for (owner, _), notice in sorted(self._notices.items()) if owner == case_id]

    def claim(self, notice: Notice, now: float, until: int) -> bool:
        kept = self._notices.get((notice.case_id, notice.id))
        if kept is None or kept.is_settled or (kept.state is NoticeState.SENDING and kept.until >= int(now)):
            return False
        claimed = replace(kept, state=NoticeState.SENDING, until=until, attempts=kept.attempts + 1)
        self._notices[notice.case_id, notice.id] = claimed
        return True

    def settle(self, notice: Notice) -> None:
        kept = self._notices[notice.case_id, notice.id]
        self._notices[notice.case_id, notice.id] = replace(
            kept, state=notice.state, send_at=notice.send_at, sent_at=notice.sent_at,
            message_id=notice.message_id, reason=notice.reason,
        )  # fmt: skip

    def due(self, shard: int, now: datetime, size: int) -> Sequence[tuple[str, str]]:
        waiting = [
            (notice.send_at, case_id, notice_id)
            for (case_id, notice_id), notice in self._notices.items()
            if not notice.is_settled and notice.send_at <= now and crc32(case_id.encode()) % SHARDS == shard
        ]
        return [(case_id, notice_id) for _, case_id, notice_id in sorted(waiting)[:size]]
