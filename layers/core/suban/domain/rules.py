"""The city's rules that a move needs: its working time and its limits, as the case's release states them."""

from dataclasses import dataclass
from datetime import datetime

from suban.domain.limits import Limit, Limits
from suban.domain.worktime import WorkTime


@dataclass(frozen=True, slots=True)
class Rules:
    work: WorkTime
    limits: Limits

    def handling_deadlines(self, at: datetime, due: datetime, limit: Limit) -> dict[str, datetime]:
        """When a unit is reminded: first contact, due soon, due. Those already past are left out, due never."""
        moments = {
            "contact": self.work.due(at, self.limits.contact),
            "due_soon": self.work.due_soon(due, limit),
            "due": due,
        }
        return {name: moment for name, moment in moments.items() if name == "due" or at < moment < due}

    def escalation(self, since: datetime, limit: Limit) -> datetime:
        """One step per working day overdue; per 24 hours where the limit itself runs on the clock."""
        step = self.limits.escalation_every
        return self.work.due(since, step.on_clock() if limit.runs_on_clock else step)

    def review_due(self, at: datetime) -> datetime:
        """When a supervisor is reminded of an answer that waits for a decision."""
        return self.work.due(at, self.limits.review)
