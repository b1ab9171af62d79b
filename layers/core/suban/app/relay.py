"""The stream carries the news: for each event start a life, ring the doorbell, write the notices.

Records may come in any order and any number of times.
"""

from dataclasses import dataclass

from suban.app.flow_state import flow_state
from suban.app.plan_notices import Planner
from suban.app.ports import Cases, Clock, Doorbell, Flow, NoticeQueue, Notices
from suban.domain.errors import NotFound
from suban.domain.events import Event, EventType

BEGIN_A_LIFE = frozenset({EventType.CASE_SUBMITTED, EventType.CASE_REOPENED, EventType.LIFE_STARTED})


@dataclass(frozen=True, slots=True)
class Relay:
    cases: Cases
    flow: Flow
    notices: Notices
    queue: NoticeQueue
    clock: Clock
    plan: Planner

    def __call__(self, case_id: str, event: Event) -> None:
        bell = self.cases.doorbell(case_id)
        if bell is None:
            raise NotFound(case_id=case_id)
        self._begin(bell, event)
        self._ring(bell)
        self._tell(bell, event)

    def _begin(self, bell: Doorbell, event: Event) -> None:
        if event.type in BEGIN_A_LIFE and event.life == bell.case.life and bell.case.is_open:
            self.flow.start(bell.case.case_id, event.life)

    def _ring(self, bell: Doorbell) -> None:
        if bell.is_ringing and bell.token:
            self.flow.answer(bell.token, flow_state(bell.case, self.clock.now()))

    def _tell(self, bell: Doorbell, event: Event) -> None:
        now = self.clock.now()
        planned = self.plan(event, bell.case)
        for notice in planned:
            self.notices.put(notice)
        self.queue.send([(notice.case_id, notice.id) for notice in planned if notice.send_at <= now])
