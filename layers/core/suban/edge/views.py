"""Stories → response models, in the caller's language."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from suban.app.notice_texts import day_text
from suban.app.ports import Story
from suban.app.read import Listing, Sight
from suban.domain.case import Case
from suban.domain.city import City
from suban.domain.events import Event
from suban.domain.rules import Rules
from suban.domain.words import Action, Role
from suban.edge.commands import SAID
from suban.edge.language import DEFAULT
from suban.edge.models.responses import (
    Candidate,
    CaseList,
    CaseState,
    CaseView,
    ContactTold,
    Evidence,
    Levels,
    Named,
    PlaceTold,
    Step,
    WorkView,
)

ANSWERS = ("answer", "competent")


@dataclass(frozen=True, slots=True)
class Views:
    city: City
    rules: Rules

    def state(self, case: Case, allowed: list[Action]) -> CaseState:
        return CaseState(**self._state(case, allowed))

    def listing(self, found: Listing) -> CaseList:
        pairs = zip(found.cases, found.allowed, strict=True)
        return CaseList(cases=[self.state(case, allowed) for case, allowed in pairs], cursor=found.cursor)

    def case(self, sight: Sight, lang: str) -> CaseView:
        return CaseView(**self._view(sight, lang))

    def work(self, sight: Sight, lang: str) -> WorkView:
        story, case = sight.story, sight.story.case
        facts: dict[str, Any] = dict(story.decisions[-1].facts) if story.decisions else {}
        return WorkView(
            **self._view(sight, lang, at_work=True),
            channel=case.channel, anonymous=case.anonymous, confidential=case.confidential,
            confidence=facts.get("confidence", case.confidence), rule=facts.get("rule", case.rule),
            release=case.release,
            evidence=[Evidence(**piece) for piece in facts.get("evidence", [])],
            candidates=[self._candidate(found) for found in facts.get("candidates", [])],
            contact=_contact(story),
        )  # fmt: skip

    def _state(self, case: Case, allowed: list[Action]) -> dict[str, Any]:
        due, limit = case.due_at, case.limit
        return {
            **{name: getattr(case, name) for name in ("case_id", "kind", "status", "round", "version", "urgent")},
            **{name: getattr(case, name) for name in ("submitted_at", "due_at", "overdue", "result", "closed_as")},
            "unit": self.unit(case.unit),
            "item": self._item(case.item),
            "due_provisional": bool(due and limit and self.rules.work.is_provisional(due, limit)),
            "allowed_actions": allowed,
        }

    def _view(self, sight: Sight, lang: str, *, at_work: bool = False) -> dict[str, Any]:
        story = sight.story
        return self._state(story.case, sight.allowed) | {
            "text": _said(story, 1, "text"),
            "place": self._place(story),
            "timeline": list(self._timeline(story, lang, at_work=at_work)),
            "rating": _rating(story),
        }

    def _timeline(self, story: Story, lang: str, *, at_work: bool) -> Iterable[Step]:
        """What a citizen reads of each event; those without a text are the platform's own affair."""
        for event in story.events:
            texts = self.city.timeline.get(event.type, {})
            if text := texts.get(lang) or texts.get(DEFAULT):
                told = text.format_map(self._values(story, event, lang))
                said = self._said(story, event, lang, at_work=at_work)
                yield Step(at=event.at, event=event.type, text=told, round=event.round, said=said)

    def _said(self, story: Story, event: Event, lang: str, *, at_work: bool) -> dict[str, str]:
        """Who works on a case reads all that is written on it; its citizen what they wrote themselves, and answers."""
        whole = at_work or event.actor.startswith(Role.CITIZEN)
        pieces = {name: _said(story, event.version, name) for name in (SAID if whole else ANSWERS)}
        pieces["reason"] = pieces.get("reason") or self._reason(event, lang)
        return {name: text for name, text in pieces.items() if text and event.version > 1}

    def _reason(self, event: Event, lang: str) -> str:
        """Why a case was not accepted."""
        texts = self.city.reasons.get(str(event.facts.get("reason", "")), {})
        return texts.get(lang) or texts.get(DEFAULT, "")

    def _values(self, story: Story, event: Event, lang: str) -> dict[str, str]:
        unit = self.unit(str(event.facts.get("unit", "")))
        due = event.facts.get("due")
        results = self.city.results.get(str(event.facts.get("result", "")), {})
        return {
            "unit": unit.name if unit else "",
            "due": day_text(datetime.fromisoformat(str(due)), lang) if due else "",
            "result": results.get(lang) or results.get(DEFAULT, ""),
            "round": str(event.round),
            "text": _said(story, event.version, "answer"),
        }

    def unit(self, code: str | None) -> Named | None:
        if not code:
            return None
        unit = self.city.units.get(code)
        return Named(code=code, name=unit.name if unit else code)

    def _item(self, code: str | None) -> Named | None:
        if not code:
            return None
        item = self.city.items.get(code)
        return Named(code=code, name=item.name if item else code)

    def _place(self, story: Story) -> PlaceTold:
        district = self.city.districts.get(story.case.district or "")
        street = self.city.streets.get(story.case.street or "")
        return PlaceTold(
            district=Named(code=district.code, name=district.name) if district else None,
            street=Named(code=street.code, name=street.name) if street else None,
            address=_said(story, 1, "address") or None,
        )

    def _candidate(self, found: dict[str, Any]) -> Candidate:
        return Candidate(**{**found, "unit": self.unit(found.get("unit"))})


def _said(story: Story, version: int, piece: str) -> str:
    words = story.words.get(version)
    return words.fields.get(piece, "") if words else ""


def _rating(story: Story) -> Levels | None:
    if not story.ratings:
        return None
    last = story.ratings[-1]
    levels = {axis: getattr(last.rating, axis) for axis in ("speed", "effect", "experience", "feedback", "overall")}
    return Levels(round=last.round, at=last.at, comment=_said(story, last.version, "comment") or None, **levels)


def _contact(story: Story) -> ContactTold | None:
    """As masked at filing; nobody who works on a confidential case sees even that."""
    if story.case.confidential or story.case.anonymous:
        return None
    phone, name = _said(story, 1, "phone_masked"), _said(story, 1, "name_masked")
    return ContactTold(phone=phone or None, name=name or None) if phone or name else None
