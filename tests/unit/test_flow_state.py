from datetime import timedelta

import pytest

from suban.app.flow_state import flow_state, seconds_until
from suban.app.ports import FlowState
from tests.factories import FILED, closed_by_rating, dispatched, submitted


@pytest.mark.parametrize(
    ("ahead", "seconds"),
    [
        (timedelta(seconds=90), 90),
        (timedelta(seconds=1), 1),
        (timedelta(), 1),
        (timedelta(days=-3), 1),
        (timedelta(days=2000), 99_999_999),
    ],
)
def test_a_wait_is_between_one_second_and_what_the_machine_can_count(ahead: timedelta, seconds: int) -> None:
    assert seconds_until(FILED + ahead, FILED) == seconds


def test_where_nothing_is_due_the_machine_looks_again_at_once() -> None:
    assert seconds_until(None, FILED) == 1


def test_the_machine_is_told_where_to_go_under_which_number_and_how_long_to_wait() -> None:
    case_id = dispatched().case_id
    assert flow_state(submitted(), FILED) == FlowState(case_id, "dispatch", 1, 1)
    assert flow_state(dispatched(), FILED) == FlowState(case_id, "handling", 2, 24 * 3600 + 60)
    assert flow_state(closed_by_rating(), FILED) == FlowState(case_id, "end", 4, 1)
