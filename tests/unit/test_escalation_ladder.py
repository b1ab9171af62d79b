"""分级协调: who is told of each step, street → district → city."""

import pytest

from suban.app.plan_notices import Planner
from suban.domain.events import Event, EventType
from suban.domain.words import Status
from tests.factories import FILED, dispatched
from tests.tiny_city import city


def told(unit: str, step: int) -> list[str]:
    """The supervisors' recipients of an escalation."""
    escalated = Event(
        EventType.CASE_ESCALATED, 9, FILED, "system", Status.DISPATCHED, 1, 1, {"unit": unit, "step": step}
    )
    notices = Planner(city().routes, city().duty, city().rules.work)(escalated, dispatched())
    return [notice.recipient for notice in notices if notice.audience == "supervisor"]


@pytest.mark.parametrize(
    ("unit", "ladder"),
    [
        ("ENF-1", ["OFFICE-1", "SUP-440301", "SUP-CITY", "SUP-CITY", "SUP-CITY"]),
        ("ENF-2", ["SUP-440301", "SUP-CITY", "SUP-CITY", "SUP-CITY", "SUP-CITY"]),  # its street has no office listed
        ("ENV-2", ["SUP-440302", "SUP-CITY", "SUP-CITY", "SUP-CITY", "SUP-CITY"]),
        ("LIGHT", ["SUP-CITY"] * 5),
        ("NOBODY-KNOWS-IT-ANY-MORE", ["SUP-CITY"] * 5),
    ],
)
def test_each_step_tells_the_next_rung_and_the_top_is_told_again(unit: str, ladder: list[str]) -> None:
    assert [told(unit, step) for step in range(1, 6)] == [[rung] for rung in ladder]
