"""One notice: claimed, published, recorded; never lost, doubled only between publishing and recording."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from suban.app.notice_texts import NoticeTexts
from suban.app.notify import LEASE_SECONDS, DueNotices, Notifier
from suban.app.plan_notices import Planner
from suban.app.ports import Contact, Undeliverable
from suban.domain.case import Case
from suban.domain.notices import Audience, Notice, NoticeState
from suban.domain.records import Change
from suban.domain.words import Result
from tests.factories import (
    CITIZEN,
    GOOD,
    STAFF,
    UNIT,
    after,
    completed,
    dispatched,
    last,
    rules,
    stored,
)
from tests.fakes import FakeMetrics, FakePeople, FakeSms, FakeUnitMessages, FixedClock
from tests.tiny_city import city
from tests.twins import MemoryCases, MemoryNotices
from tests.unit.city import at

PHONE = "+8613800138000"


@dataclass
class World:
    clock: FixedClock = field(default_factory=FixedClock)
    cases: MemoryCases = field(default_factory=MemoryCases)
    notices: MemoryNotices = field(default_factory=MemoryNotices)
    sms: FakeSms = field(default_factory=FakeSms)
    units: FakeUnitMessages = field(default_factory=FakeUnitMessages)
    metrics: FakeMetrics = field(default_factory=FakeMetrics)
    contact: Contact | None = field(default_factory=lambda: Contact(PHONE, "李"))

    def __post_init__(self) -> None:
        people = FakePeople({"p1": self.contact} if self.contact else {})
        texts = NoticeTexts(city(), rules().limits, "https://sb.cn")
        self.notify = Notifier(
            self.cases, people, self.notices, self.sms, self.units, self.clock, rules().work, texts, self.metrics
        )

    def plan(self, case: Case, audience: str, template: str) -> Notice:
        """The case as it stands, and one notice of its last event."""
        self.cases.commit(Change(None, case))
        planned = Planner(city().routes, city().duty, rules().work)(last(case), case)
        (notice,) = [n for n in planned if (n.audience, n.template) == (audience, template)]
        self.notices.put(notice)
        self.clock.at = notice.send_at
        return notice

    def send(self, notice: Notice) -> Notice:
        self.notify(notice.case_id, notice.id)
        return self.now(notice)

    def now(self, notice: Notice) -> Notice:
        found = self.notices.get(notice.case_id, notice.id)
        assert found is not None
        return found


def claimed(world: World, notice: Notice, **changes: object) -> Notice:
    until = int(world.clock.seconds) + LEASE_SECONDS
    return replace(notice, attempts=1, until=until, **changes)  # type: ignore[arg-type]


def test_a_citizen_gets_an_sms_and_it_is_recorded_with_its_id() -> None:
    world = World()
    notice = world.plan(dispatched(), "citizen", "dispatched")
    sent = world.send(notice)
    assert sent == claimed(world, notice, state=NoticeState.SENT, message_id="sms-1", sent_at=world.clock.at)
    case_id = notice.case_id
    said = f"【速办】您的诉求{case_id}已交ENV-1办理，最晚12月14日答复您。看进度：https://sb.cn/{case_id}"
    assert world.sms.sent == [(PHONE, said)]
    assert world.metrics.counted == [("NoticeSent", {"template": "dispatched", "audience": "citizen"})]


def test_a_unit_gets_a_structured_message_through_its_districts_topic() -> None:
    world = World()
    notice = world.plan(dispatched(), "unit", "dispatched")
    sent = world.send(notice)
    assert (sent.state, sent.message_id, world.sms.sent) == (NoticeState.SENT, "sns-1", [])
    ((topic, message, attributes),) = world.units.published
    assert (topic, message["recipient"], message["case_version"]) == ("440301", UNIT, 2)
    assert attributes == {
        "unit": UNIT, "event": "CaseDispatched", "audience": "unit", "schema": "unit-message.v1",
    }  # fmt: skip


def test_a_message_sent_is_not_sent_again() -> None:
    world = World()
    notice = world.plan(dispatched(), "citizen", "dispatched")
    first = world.send(notice)
    assert (world.send(notice), len(world.sms.sent)) == (first, 1)


def test_a_message_that_somebody_else_is_sending_is_left_to_them_until_their_lease_ends() -> None:
    world = World()
    notice = world.plan(dispatched(), "citizen", "dispatched")
    world.notices.claim(notice, world.clock.seconds, int(world.clock.seconds) + LEASE_SECONDS)
    assert (world.send(notice).state, world.sms.sent) == (NoticeState.SENDING, [])
    world.clock.seconds += LEASE_SECONDS + 1
    assert (world.send(notice).state, len(world.sms.sent)) == (NoticeState.SENT, 1)


def test_a_message_is_not_sent_before_its_moment() -> None:
    world = World()
    notice = world.plan(completed(), "citizen", "invitation")
    world.clock.at = notice.send_at - timedelta(seconds=1)
    assert (world.send(notice), world.sms.sent) == (notice, [])


@pytest.mark.parametrize(
    ("contact", "reason"),
    [(None, "no_phone"), (Contact(None, "李"), "no_phone"), (Contact(PHONE, "李", opted_out=True), "opted_out")],
)
def test_who_cannot_or_will_not_be_reached_is_recorded_as_failed(contact: Contact | None, reason: str) -> None:
    world = World(contact=contact)
    notice = world.plan(dispatched(), "citizen", "dispatched")
    assert world.send(notice) == claimed(world, notice, state=NoticeState.FAILED, reason=reason)
    assert world.sms.sent == []


def test_a_number_that_the_carrier_refuses_is_not_tried_again() -> None:
    world = World(sms=FakeSms(failure=Undeliverable("OptedOut")))
    notice = world.plan(dispatched(), "citizen", "dispatched")
    assert world.send(notice).reason == "OptedOut"
    assert world.metrics.counted == [("NoticeFailed", {"template": "dispatched", "audience": "citizen"})]


def test_a_carrier_that_is_down_loses_nothing_the_message_is_due_again() -> None:
    world = World(sms=FakeSms(failure=TimeoutError()))
    notice = world.plan(dispatched(), "citizen", "dispatched")
    with pytest.raises(TimeoutError):
        world.send(notice)
    due = DueNotices(world.notices, world.clock, shards=16)
    assert due() == [(notice.case_id, notice.id)]
    world.sms.failure = None
    world.clock.seconds += LEASE_SECONDS + 1
    assert (world.send(notice).state, due()) == (NoticeState.SENT, [])


def test_an_invitation_is_superseded_once_the_citizen_has_rated() -> None:
    world = World()
    notice = world.plan(completed(), "citizen", "invitation")
    case = stored(completed())
    rated = case.rate(GOOD, CITIZEN, notice.send_at - timedelta(minutes=1), rules())
    world.cases.commit(Change(case, rated))
    assert world.send(notice) == claimed(world, notice, state=NoticeState.SUPERSEDED)
    assert world.sms.sent == []


def test_what_is_told_at_once_stays_true_and_is_sent_however_late() -> None:
    world = World()
    notice = world.plan(dispatched(), "citizen", "dispatched")
    case = stored(dispatched())
    world.cases.commit(Change(case, case.complete(Result.ANSWERED, STAFF, after(hours=2), rules())))
    assert world.send(notice).state is NoticeState.SENT


def test_a_message_held_up_into_the_quiet_hours_waits_for_the_morning() -> None:
    world = World()
    notice = world.plan(dispatched(), "citizen", "dispatched")
    world.clock.at = at("2026-11-23 22:30:00")
    assert world.send(notice) == claimed(world, notice, send_at=at("2026-11-24 08:00:00"))
    assert world.sms.sent == []
    world.clock.at = at("2026-11-24 08:00:00")
    assert world.send(notice).state is NoticeState.SENT


def test_quiet_hours_take_nothing_away_from_whoever_is_sending_just_then() -> None:
    world = World()
    notice = world.plan(dispatched(), "citizen", "dispatched")
    world.notices.claim(notice, world.clock.seconds, int(world.clock.seconds) + LEASE_SECONDS)
    held = world.now(notice)
    world.clock.at = at("2026-11-23 22:30:00")
    assert world.send(notice) == held


def test_neither_an_urgent_case_nor_a_unit_waits_for_the_morning() -> None:
    night = at("2026-11-23 22:30:00")
    for case, audience in ((dispatched(urgent=True), "citizen"), (dispatched(), "unit")):
        world = World()
        notice = world.plan(case, audience, "dispatched")
        world.clock.at = night
        assert world.send(notice).state is NoticeState.SENT


def test_a_notice_that_nobody_planned_is_ignored() -> None:
    world = World()
    world.notify("20261123-00000009-0", "000001#dispatched#p1")
    assert (world.sms.sent, world.metrics.counted) == ([], [])


def test_reminders_go_out_of_date_with_the_round_or_the_hands_that_hold_the_case() -> None:
    reminder = Planner(city().routes, city().duty, rules().work)(
        last(dispatched().urge(CITIZEN, after(hours=1), rules())), dispatched()
    )[0]
    assert reminder.audience is Audience.UNIT
    signed = dispatched().acknowledge(STAFF, after(hours=2), rules())
    assert not reminder.is_outdated(signed)
    assert reminder.is_outdated(completed())
    assert reminder.is_outdated(replace(dispatched(), round=2))
