"""Messages that nobody planned: the news of an event can be lost only if the stream lost it for a whole day."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from suban.app.plan_notices import Planner
from suban.app.ports import Cases, Clock, Metrics, NoticeQueue, Notices, Story
from suban.domain.case import Case
from suban.domain.notices import Notice

RETENTION = timedelta(hours=24)  # a stream keeps its records so long, and relay retries until then
WINDOW = timedelta(hours=1)  # four passes of the sweeper
OLDEST = RETENTION + timedelta(days=1)  # a routing rule made later does not speak of old events


@dataclass(frozen=True, slots=True)
class Auditor:
    cases: Cases
    notices: Notices
    queue: NoticeQueue
    clock: Clock
    plan: Planner
    metrics: Metrics

    def is_due(self, case: Case) -> bool:
        """Once for each move, when the stream can no longer bring its news; an ended case until it has been done."""
        age = self.clock.now() - case.changed_at
        return age >= RETENTION and (age < RETENTION + WINDOW or not case.is_open)

    def __call__(self, case: Case) -> int:
        """How many notices were missing and are now there."""
        story = self.cases.story(case.case_id)
        missing = self._missing(story, self.clock.now()) if story else []
        for notice in missing:
            self.notices.put(notice)
            self.metrics.count("NoticesRestored", template=notice.template)
        self.queue.send([(notice.case_id, notice.id) for notice in missing if notice.send_at <= self.clock.now()])
        if not case.is_open:
            self.cases.unwatch(case)
        return len(missing)

    def _missing(self, story: Story, now: datetime) -> list[Notice]:
        known = {notice.id for notice in story.notices}
        recent = (event for event in story.events if now - event.at < OLDEST)
        return [notice for event in recent for notice in self.plan(event, story.case) if notice.id not in known]
