"""What a notice says: the SMS in the citizen's language, or the structured message of a unit."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from suban.domain.case import Case
from suban.domain.city import City
from suban.domain.limits import Limits
from suban.domain.notices import Notice

if TYPE_CHECKING:
    from collections.abc import Mapping

UNIT_MESSAGE = "unit-message.v1"
DEFAULT_LANG = "zh-Hans"


@dataclass(frozen=True, slots=True)
class NoticeTexts:
    """`url`: where citizens look, e.g. https://suban.example.gov.cn; the case number is put behind it."""

    city: City
    limits: Limits
    url: str

    def sms(self, notice: Notice, case: Case) -> str:
        texts = self.city.sms[notice.template]
        text = texts.get(case.lang, texts[DEFAULT_LANG])
        return text.format(
            case_id=case.case_id,
            unit=self._unit(str(notice.facts.get("unit", ""))),
            due=self._by_when(notice, case),
            url=f"{self.url}/{case.case_id}",
        )

    def unit_message(self, notice: Notice, case: Case) -> dict[str, object]:
        """events/schemas/unit-message.v1.json: codes, ids and times; who is meant and which version, nobody's words."""
        item = self.city.items.get(case.item or "")
        message: Mapping[str, object] = {
            "schema": UNIT_MESSAGE,
            "event_id": f"{notice.case_id}#{notice.id}",
            "event": notice.event,
            "audience": notice.audience,
            "recipient": notice.recipient,
            "at": notice.at.isoformat(),
            "case_id": notice.case_id,
            "case_version": notice.version,
            "status": notice.status,
            "round": notice.round,
            "kind": case.kind,
            "urgent": case.urgent,
            "overdue": case.overdue,
            "unit": notice.facts.get("unit"),
            "item": {"code": item.code, "name": item.name} if item else None,
            "district": case.district,
            "street": case.street,
            "due_at": notice.facts.get("due") or (case.due_at.isoformat() if case.due_at else None),
        }
        return {name: value for name, value in message.items() if value is not None}

    def topic(self, recipient: str) -> str:
        """The district's topic or the city's; a unit that the duty list no longer knows is told through the city's."""
        unit = self.city.units.get(recipient)
        return unit.topic if unit else "city"

    def _unit(self, code: str) -> str:
        unit = self.city.units.get(code)
        return unit.short or unit.name if unit else code

    def _by_when(self, notice: Notice, case: Case) -> str:
        if case.closed_at and notice.event in {"CaseClosed", "CaseClosedUnrated"}:
            return day_text(self.limits.reopening.clock_end(case.closed_at), case.lang)
        due = notice.facts.get("due")
        moment = datetime.fromisoformat(str(due)) if due else case.due_at
        return day_text(moment, case.lang) if moment else ""


def day_text(moment: datetime, lang: str) -> str:
    """A day as people say it; the hour only where the limit is not the end of a day."""
    day = f"{moment.day} {moment:%b}" if lang == "en" else f"{moment.month}月{moment.day}日"
    if (moment.hour, moment.minute) == (23, 59):
        return day
    return f"{day} {moment:%H:%M}" if lang == "en" else f"{day}{moment:%H:%M}"
