"""One notice: claimed, published, recorded. Only here a phone number is read."""

from dataclasses import dataclass, replace

from suban.app.notice_texts import UNIT_MESSAGE, NoticeTexts
from suban.app.ports import Cases, Clock, Metrics, Notices, People, Sms, Undeliverable, UnitMessages
from suban.domain.case import Case
from suban.domain.notices import Audience, Notice, NoticeState
from suban.domain.worktime import WorkTime

LEASE_SECONDS = 120  # longer than the function may run: a claim outlives its holder, never the other way round


@dataclass(frozen=True, slots=True)
class Notifier:
    cases: Cases
    people: People
    notices: Notices
    sms: Sms
    units: UnitMessages
    clock: Clock
    work: WorkTime
    texts: NoticeTexts
    metrics: Metrics

    def __call__(self, case_id: str, notice_id: str) -> None:
        """Claimed before anything is decided: two that decide at once could undo what the other has recorded."""
        notice = self.notices.get(case_id, notice_id)
        case = self.cases.get(case_id)
        if notice is None or case is None or notice.is_settled or notice.send_at > self.clock.now():
            return
        if not self.notices.claim(notice, self.clock.wall(), int(self.clock.wall()) + LEASE_SECONDS):
            return
        if notice.is_outdated(case):
            self._settle(replace(notice, state=NoticeState.SUPERSEDED))
        elif postponed := self._quiet(notice, case):
            self.notices.settle(postponed)
        else:
            self._settle(self._deliver(notice, case))

    def _quiet(self, notice: Notice, case: Case) -> Notice | None:
        """A message that was held up until the quiet hours waits for the morning."""
        if notice.audience is not Audience.CITIZEN or case.urgent or not self.work.is_quiet(self.clock.now()):
            return None
        return replace(notice, state=NoticeState.DUE, send_at=self.work.after_quiet(self.clock.now()))

    def _deliver(self, notice: Notice, case: Case) -> Notice:
        try:
            send = self._to_citizen if notice.audience is Audience.CITIZEN else self._to_unit
            message_id = send(notice, case)
        except Undeliverable as why:
            return replace(notice, state=NoticeState.FAILED, reason=str(why))
        return replace(notice, state=NoticeState.SENT, message_id=message_id, sent_at=self.clock.now())

    def _to_citizen(self, notice: Notice, case: Case) -> str:
        contact = self.people.contact(notice.recipient)
        if contact is None or contact.phone is None:
            raise Undeliverable("no_phone")
        if contact.opted_out:
            raise Undeliverable("opted_out")
        return self.sms.send(contact.phone, self.texts.sms(notice, case))

    def _to_unit(self, notice: Notice, case: Case) -> str:
        message = self.texts.unit_message(notice, case)
        attributes = {
            "unit": notice.recipient,
            "event": notice.event,
            "audience": notice.audience,
            "schema": UNIT_MESSAGE,
        }
        return self.units.publish(self.texts.topic(notice.recipient), message, attributes)

    def _settle(self, notice: Notice) -> None:
        self.notices.settle(notice)
        self.metrics.count(f"Notice{notice.state.capitalize()}", template=notice.template, audience=notice.audience)


@dataclass(frozen=True, slots=True)
class DueNotices:
    """The minute schedule: what has become due, or was claimed and never settled, goes on the queue again."""

    notices: Notices
    clock: Clock
    shards: int
    size: int = 100

    def __call__(self) -> list[tuple[str, str]]:
        now = self.clock.now()
        return [ref for shard in range(self.shards) for ref in self.notices.due(shard, now, self.size)]
