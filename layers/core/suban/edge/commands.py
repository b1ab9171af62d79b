"""Request bodies → commands."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import unquote

from suban.app.act import Act
from suban.app.file_case import FileCase
from suban.domain.access import Caller
from suban.domain.city import City
from suban.domain.errors import Invalid
from suban.domain.numbers import parse_case_number
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


def case_number(said: str) -> str:
    """From a path, where spaces and dashes of a copied number arrive as %20 and %E2%80%94."""
    return parse_case_number(unquote(said))


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
    """A name that nobody bears, or that two share, joins the address: words never refuse a case (SPEC §3)."""
    district = _code(sent.district, city.districts)
    streets = {c: s for c, s in city.streets.items() if district is None or s.district == district}
    street = _code(sent.street, streets)
    words = [said for said, code in ((sent.district, district), (sent.street, street)) if said and not code]
    address = " ".join([*words, sent.address or ""]).strip()
    return Place(district, street, address or None, sent.lat, sent.lon)


def _code(said: str | None, known: Mapping[str, _Named]) -> str | None:
    """A code as it is (another city's is answered later), a name by its beginning: 福田 is 福田区."""
    word = (said or "").strip()
    if not word or (word.isascii() and word.isdigit()):
        return word or None
    found = [code for code, place in known.items() if place.name.startswith(word)]
    return found[0] if len(found) == 1 else None


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
