"""Who finds a case where, over its whole life, in which order, page by page."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import chain

import pytest

from suban.app.ports import Page
from suban.domain.case import Case
from suban.domain.offices import supervisors_code
from suban.domain.records import Change
from suban.domain.words import Status
from tests.contract.worlds import World
from tests.factories import (
    CITIZEN,
    DESK,
    DISTRICT,
    FILED,
    GOOD,
    SUPERVISOR,
    UNIT,
    after,
    answered,
    at_desk,
    closed_by_supervisor,
    completed,
    dispatched,
    make_case,
    rules,
    stored,
    submitted,
    supervised,
)

SHARDS = 16
SUPERVISORS = supervisors_code(DISTRICT)


def number(n: int) -> str:
    return f"20261123-{n:08d}-0"


def file(world: World, *cases: Case) -> None:
    for case in cases:
        world.cases.commit(Change(None, case))


def places(world: World, case: Case) -> set[str]:
    """The names of the lists that a case is found in."""
    listed: dict[str, Callable[[], list[str]]] = {
        "unit": lambda: ids(world.cases.queue(UNIT, "handling", 10, None)),
        "desk": lambda: ids(world.cases.queue(DESK, "desk", 10, None)),
        "supervisors": lambda: ids(world.cases.queue(SUPERVISORS, "supervision", 10, None)),
        "own": lambda: ids(world.cases.of_person("p1", 10, None)),
        "open": lambda: list(open_ids(world)),
    }
    return {name for name, found in listed.items() if case.case_id in found()}


def ids(page: Page) -> list[str]:
    return [case.case_id for case in page.cases]


def open_ids(world: World, size: int = 10) -> Iterator[str]:
    for shard in range(SHARDS):
        position = None
        while True:
            page = world.cases.open_doorbells(shard, size, position)
            yield from (bell.case.case_id for bell in page.doorbells)
            if (position := page.after) is None:
                break


def all_pages(read: Callable[..., Page], size: int) -> list[list[str]]:
    pages, position = [], None
    while True:
        page = read(size, position)
        pages.append(ids(page))
        if (position := page.after) is None:
            return pages


@pytest.mark.parametrize(
    ("status", "where"),
    [
        (Status.SUBMITTED, {"own", "open"}),
        (Status.AT_DESK, {"own", "open", "desk"}),
        (Status.DISPATCHED, {"own", "open", "unit"}),
        (Status.ACKNOWLEDGED, {"own", "open", "unit"}),
        (Status.COMPLETED, {"own", "open"}),
        (Status.SUPERVISED, {"own", "open", "unit", "supervisors"}),
        (Status.CLOSED, {"own", "open"}),
        (Status.WITHDRAWN, {"own", "open"}),
    ],
)
def test_each_status_has_its_lists(world: World, status: Status, where: set[str]) -> None:
    case = make_case(status)
    file(world, case)
    assert places(world, case) == where


def test_a_case_enters_and_leaves_the_lists_as_it_moves(world: World) -> None:
    before = stored(submitted())
    file(world, submitted())
    seen = []
    for whole in (at_desk(), dispatched(), completed(), supervised(), answered(), closed_by_supervisor()):
        now = stored(whole)
        world.cases.commit(Change(before, now))
        seen.append(places(world, now))
        before = now
    held = {"own", "open"}
    assert seen == [held | {"desk"}, held | {"unit"}, held, *[held | {"unit", "supervisors"}] * 2, held]


def test_an_ended_case_is_watched_until_the_sweeper_is_done_with_it(world: World) -> None:
    ended = closed_by_supervisor()
    file(world, ended)
    world.cases.unwatch(stored(ended))
    assert places(world, ended) == {"own"}
    assert world.cases.get(ended.case_id) == stored(ended)
    rated = stored(ended).rate(GOOD, CITIZEN, after(days=8), rules())
    world.cases.commit(Change(stored(ended), rated))
    assert places(world, ended) == {"own", "open"}
    world.cases.unwatch(stored(rated))
    world.cases.commit(Change(stored(rated), stored(rated).reopen(CITIZEN, after(days=9), rules())))
    assert places(world, ended) == {"own", "open", "unit"}


def test_a_case_that_has_moved_meanwhile_stays_watched(world: World) -> None:
    ended = closed_by_supervisor()
    file(world, ended)
    world.cases.commit(Change(stored(ended), stored(ended).reopen(CITIZEN, after(days=8), rules())))
    world.cases.unwatch(stored(ended))
    assert "open" in places(world, ended)


def test_an_answer_moves_the_supervisors_task_to_the_day_of_its_review(world: World) -> None:
    file(world, supervised(), supervised(case_id=number(2), at=FILED + timedelta(minutes=1)))
    before = stored(supervised())
    world.cases.commit(Change(before, stored(answered())))
    assert answered().deadlines["review"] < stored(supervised()).deadlines["due"]
    assert ids(world.cases.queue(SUPERVISORS, "supervision", 10, None)) == [before.case_id, number(2)]
    again = stored(answered()).order(SUPERVISOR, after(days=20), rules())
    world.cases.commit(Change(stored(answered()), again))
    assert ids(world.cases.queue(SUPERVISORS, "supervision", 10, None)) == [number(2), before.case_id]


def test_an_anonymous_case_is_in_nobodys_list(world: World) -> None:
    case = submitted(person=None, anonymous=True)
    file(world, case)
    assert places(world, case) == {"open"}


def test_a_queue_begins_with_the_urgent_then_the_earliest_due(world: World) -> None:
    file(
        world,
        dispatched(case_id=number(1), limit="10wd"),
        dispatched(case_id=number(2), limit="2wd"),
        dispatched(case_id=number(3), limit="15wd", urgent=True),
        dispatched(case_id=number(4), limit="2wd"),
    )
    assert ids(world.cases.queue(UNIT, "handling", 10, None)) == [number(3), number(2), number(4), number(1)]


def test_a_queue_over_many_shards_is_paged_in_one_order(world: World) -> None:
    cases = [at_desk(case_id=number(n), at=FILED + timedelta(hours=7 * n % 23)) for n in range(1, 24)]
    file(world, *cases)
    expected = [c.case_id for c in sorted(cases, key=lambda c: (c.due_at, c.case_id))]
    pages = all_pages(lambda size, at: world.cases.queue(DESK, "desk", size, at), 5)
    assert [len(page) for page in pages] == [5, 5, 5, 5, 3]
    assert list(chain.from_iterable(pages)) == expected


def test_a_full_last_page_is_followed_by_an_empty_one(world: World) -> None:
    file(world, *(dispatched(case_id=number(n)) for n in range(4)))
    pages = all_pages(lambda size, at: world.cases.queue(UNIT, "handling", size, at), 2)
    assert pages == [[number(0), number(1)], [number(2), number(3)], []]


def test_a_case_filed_between_two_pages_repeats_nothing_and_hides_nothing(world: World) -> None:
    file(world, *(submitted(case_id=number(n), at=FILED + timedelta(minutes=n)) for n in range(4)))
    first = world.cases.of_person("p1", 2, None)
    file(world, submitted(case_id=number(9), at=FILED + timedelta(minutes=9)))
    second = world.cases.of_person("p1", 2, first.after)
    assert (ids(first), ids(second)) == ([number(3), number(2)], [number(1), number(0)])


def test_own_cases_come_newest_first_and_nobody_elses(world: World) -> None:
    file(world, *(submitted(case_id=number(n), at=FILED + timedelta(days=n)) for n in range(5)))
    file(world, submitted(case_id=number(7), person="p2"))
    pages = all_pages(lambda size, at: world.cases.of_person("p1", size, at), 2)
    assert pages == [[number(4), number(3)], [number(2), number(1)], [number(0)]]
    assert ids(world.cases.of_person("p2", 5, None)) == [number(7)]


def test_the_open_cases_of_all_shards_are_walked_once_each(world: World) -> None:
    cases = [submitted(case_id=number(n)) for n in range(40)]
    file(world, *cases)
    gone = stored(cases[0]).withdraw(CITIZEN, after(hours=1), rules())
    world.cases.commit(Change(stored(cases[0]), gone))
    world.cases.unwatch(stored(gone))
    assert sorted(open_ids(world, size=2)) == [number(n) for n in range(1, 40)]
