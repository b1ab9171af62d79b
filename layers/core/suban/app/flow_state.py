"""What the machine is told about a case: where it goes next, under which wait number, and for how long."""

from datetime import datetime

from suban.app.ports import FlowState
from suban.domain.case import Case

SHORTEST, LONGEST = 1, 99_999_999  # seconds; AWS ends an execution whose timeout is 0


def seconds_until(moment: datetime | None, now: datetime) -> int:
    if moment is None:
        return SHORTEST
    return min(max(SHORTEST, int((moment - now).total_seconds())), LONGEST)


def flow_state(case: Case, now: datetime) -> FlowState:
    return FlowState(case.case_id, case.next, case.wait, seconds_until(case.deadline, now))
