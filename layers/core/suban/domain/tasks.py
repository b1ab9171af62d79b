"""Who must act on a case besides its lead unit, read off the case itself.

Written and removed with the move that changes it.
"""

from dataclasses import dataclass
from datetime import datetime

from suban.domain.case import Case
from suban.domain.offices import supervisors_code
from suban.domain.words import Status


@dataclass(frozen=True, slots=True)
class Task:
    """`owner` is the code of a desk or of a district's supervisors."""

    kind: str
    owner: str
    due_at: datetime


def tasks_of(case: Case) -> frozenset[Task]:
    if case.status is Status.SUPERVISED and case.due_at:
        return frozenset(
            {Task("supervision", supervisors_code(case.district), case.deadlines.get("review", case.due_at))}
        )
    return frozenset()
