"""Request bodies → commands."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from suban.app.act import Act
from suban.app.file_case import FileCase
from suban.domain.access import Caller
from suban.domain.city import City
from suban.domain.errors import Invalid
from suban.domain.phones import normal_phone
from suban.domain.places import Place
from suban.domain.rating import Rating
from suban.domain.records import Guard
from suban.domain.words import Action, Role
from suban.edge.guards import body_hash
from suban.edge.models.requests import CompleteBody, DispatchBody, FileCaseBody, PlaceSent, RatingBody, Sent, Versioned


class _Named(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...


def filing(
    body: FileCaseBody, city: City, caller: Caller | None, channel: str, lang: str, guard: Guard | None
) -> FileCase:
    """A caller with a citizen's account files under it; anybody else files for the phone that is given."""
    contact = body.contact
    account = caller.subject if caller and caller.role is Role.CITIZEN else None
    if body.theme and body.theme not in city.themes:
        raise Invalid(field="theme", type="enum", expected=", ".join(city.themes))
    return FileCase(
        kind=body.kind, text=body.text, channel=channel, lang=contact.lang or lang, place=_place(body.place, city),
        theme=body.theme, phone=normal_phone(contact.phone) if contact.phone else None, name=contact.name,
        subject=account, anonymous=body.anonymous, confidential=body.confidential, guard=guard,
    )  # fmt: skip


def _place(sent: PlaceSent, city: City) -> Place:
    """A street named alone is looked for in all districts; where two share the name the district is needed."""
    district = _code(sent.district, city.districts, "place.district")
    streets = {c: s for c, s in city.streets.items() if district is None or s.district == district}
    street = _code(sent.street, streets, "place.street")
    return Place(district, street, sent.address, sent.lat, sent.lon)


def _code(said: str | None, known: Mapping[str, _Named], field: str) -> str | None:
    """A code as it is (another city's is answered later), a name by its beginning: 福田 is 福田区."""
    if not said or said.isascii():
        return said or None
    found = [code for code, place in known.items() if place.name.startswith(said.strip())]
    if len(found) != 1:
        raise Invalid(field=field)
    return found[0]


@dataclass(frozen=True, slots=True)
class Acts:
    """One caller's act on one case; the body's words are kept apart from what moves the case."""

    case_id: str
    caller: Caller

    def citizen(self, action: Action, body: Sent, guard: Guard | None) -> Act:
        rating = _rating(body) if isinstance(body, RatingBody) else None
        return Act(
            self.case_id, action, self.caller, body_hash(body.plain()), words=_words(body), rating=rating, guard=guard
        )

    def work(self, action: Action, body: Versioned) -> Act:
        dispatch = body if isinstance(body, DispatchBody) else None
        complete = body if isinstance(body, CompleteBody) else None
        return Act(
            self.case_id, action, self.caller, body_hash(body.plain()), version=body.version, words=_words(body),
            result=complete.result if complete else None, reason=complete.reason_code if complete else None,
            item=dispatch.item_code if dispatch else None, unit=dispatch.unit if dispatch else None,
        )  # fmt: skip


SAID = ("text", "reason", "comment", "note", "answer", "instruction", "competent")


def _words(body: Sent) -> dict[str, str]:
    return {name: value for name, value in body.plain().items() if name in SAID}


def _rating(body: RatingBody) -> Rating:
    return Rating(body.speed, body.effect, body.experience, body.feedback, body.overall)
