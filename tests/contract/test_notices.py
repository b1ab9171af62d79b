"""Messages as items: put once, claimed by one, settled, found when their time has come."""

from dataclasses import replace
from datetime import timedelta
from zlib import crc32

from suban.domain.notices import Audience, Notice, NoticeState, Timing
from suban.domain.records import Change
from suban.domain.words import Status
from tests.contract.worlds import World
from tests.factories import FILED, submitted

SHARDS = 16
CASE = submitted().case_id
WALL, LEASE = 1_800_000_000.0, 1_800_000_120


def notice(version: int = 2, **changes: object) -> Notice:
    made = Notice(
        CASE, version, "dispatched", Audience.CITIZEN, "p1", "CaseDispatched", Status.DISPATCHED, 1, FILED, FILED,
        Timing.NOW, {"unit": "ENV-1", "due": "2026-12-14T23:59:59+08:00", "step": 1, "first": True},
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def due(world: World, at: timedelta = timedelta(), size: int = 10) -> list[tuple[str, str]]:
    return [ref for shard in range(SHARDS) for ref in world.notices.due(shard, FILED + at, size)]


def ref(of: Notice) -> tuple[str, str]:
    return of.case_id, of.id


def test_a_notice_is_kept_as_it_was_planned(world: World) -> None:
    world.notices.put(notice())
    assert world.notices.get(*ref(notice())) == notice()
    assert world.notices.get(CASE, "000009#dispatched#p1") is None


def test_a_notice_without_facts_is_kept_too(world: World) -> None:
    world.notices.put(notice(facts={}))
    assert world.notices.get(*ref(notice())) == notice(facts={})


def test_a_notice_put_again_does_not_undo_what_was_done(world: World) -> None:
    world.notices.put(notice())
    sent = notice(state=NoticeState.SENT, message_id="m1", sent_at=FILED)
    assert world.notices.claim(notice(), WALL, LEASE)
    world.notices.settle(sent)
    world.notices.put(notice())
    assert world.notices.get(*ref(notice())) == replace(sent, attempts=1, until=LEASE)


def test_a_notice_is_claimed_by_one(world: World) -> None:
    world.notices.put(notice())
    assert world.notices.claim(notice(), WALL, LEASE)
    assert not world.notices.claim(notice(), WALL + 1, LEASE)
    held = world.notices.get(*ref(notice()))
    assert held == notice(state=NoticeState.SENDING, until=LEASE, attempts=1)


def test_a_claim_whose_lease_ran_out_is_open_again(world: World) -> None:
    world.notices.put(notice())
    world.notices.claim(notice(), WALL, LEASE)
    assert not world.notices.claim(notice(), LEASE, LEASE + 120)
    assert world.notices.claim(notice(), LEASE + 1, LEASE + 120)
    held = world.notices.get(*ref(notice()))
    assert held == notice(state=NoticeState.SENDING, until=LEASE + 120, attempts=2)


def test_what_was_never_planned_cannot_be_claimed(world: World) -> None:
    assert not world.notices.claim(notice(), WALL, LEASE)


def test_a_settled_notice_is_never_claimed_again(world: World) -> None:
    for version, state in enumerate((NoticeState.SENT, NoticeState.FAILED, NoticeState.SUPERSEDED)):
        world.notices.put(notice(version))
        world.notices.settle(notice(version, state=state, reason="because"))
        assert not world.notices.claim(notice(version), WALL + 10**6, LEASE + 10**6)
        assert world.notices.get(*ref(notice(version))) == notice(version, state=state, reason="because")


def test_a_notice_is_due_from_its_moment_until_it_is_settled(world: World) -> None:
    later = notice(send_at=FILED + timedelta(hours=8))
    world.notices.put(later)
    assert due(world, timedelta(hours=7)) == []
    assert due(world, timedelta(hours=8)) == [ref(later)]
    world.notices.claim(later, WALL, LEASE)
    assert due(world, timedelta(hours=8)) == [ref(later)]
    world.notices.settle(replace(later, state=NoticeState.SENT))
    assert due(world, timedelta(days=9)) == []


def test_a_postponed_notice_is_due_at_its_new_moment(world: World) -> None:
    world.notices.put(notice())
    world.notices.claim(notice(), WALL, LEASE)
    world.notices.settle(notice(send_at=FILED + timedelta(hours=8)))
    assert due(world) == []
    assert due(world, timedelta(hours=8)) == [ref(notice())]
    assert world.notices.claim(notice(), WALL + 1, LEASE)


def test_due_notices_come_earliest_first_and_no_more_than_asked(world: World) -> None:
    for version in range(5):
        world.notices.put(notice(version, send_at=FILED - timedelta(minutes=version)))
    shard = crc32(CASE.encode()) % SHARDS
    assert world.notices.due(shard, FILED, 3) == [(CASE, notice(version).id) for version in (4, 3, 2)]


def test_every_case_has_its_own_shard_and_all_are_found(world: World) -> None:
    made = [notice(case_id=f"20261123-{n:08d}-0") for n in range(20)]
    for each in made:
        world.notices.put(each)
    assert sorted(due(world)) == [ref(each) for each in made]


def test_a_story_tells_its_notices(world: World) -> None:
    world.cases.commit(Change(None, submitted()))
    world.notices.put(notice(3))
    world.notices.put(notice(2))
    story = world.cases.story(CASE)
    assert story is not None
    assert story.notices == [notice(2), notice(3)]
