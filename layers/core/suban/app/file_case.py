"""Filing (受理): one transaction, after which the case can no longer be lost."""

import unicodedata
from dataclasses import dataclass, field, replace

from suban.app.ports import Cases, Clock, Codes, Ids, People, Repeated, Retry
from suban.domain.case import Case
from suban.domain.errors import Busy, IdempotencyMismatch, Invalid, TextRequired
from suban.domain.events import Actor
from suban.domain.gazetteer import Gazetteer
from suban.domain.limits import Limits
from suban.domain.places import Place, locate
from suban.domain.records import Change, Guard, NewPerson, PhoneGiven, Words
from suban.domain.words import Kind, Role, Status

_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})  # Unicode: controls, zero-width marks, every kind of space
DRAWS = 5  # a day holds 100 million numbers: two collisions in a row are already a wonder


@dataclass(frozen=True, slots=True)
class FileCase:
    """What a citizen says, from whatever channel. `identities` find the person again; none for an anonymous case."""

    kind: Kind
    text: str
    channel: str
    lang: str
    place: Place = field(default_factory=Place)
    theme: str | None = None
    phone: str | None = None
    name: str | None = None
    subject: str | None = None
    anonymous: bool = False
    confidential: bool = False
    guard: Guard | None = None

    @property
    def identities(self) -> tuple[str, ...]:
        """An unproved phone never opens the cases of an account: the account stands alone where there is one."""
        if self.anonymous:
            return ()
        if self.subject:
            return (f"subject:{self.subject}",)
        return (f"phone:{self.phone}",) if self.phone else ()


@dataclass(frozen=True, slots=True)
class Accepted:
    case_id: str
    tracking_code: str
    status: Status


@dataclass(frozen=True, slots=True)
class FilingDesk:
    cases: Cases
    people: People
    clock: Clock
    ids: Ids
    codes: Codes
    gazetteer: Gazetteer
    limits: Limits

    def __call__(self, command: FileCase) -> Accepted:
        """Raises TextRequired, Invalid or OutsideCity before anything is kept; IdempotencyMismatch; Busy."""
        self._check_text(command.text)
        command = replace(command, place=locate(command.place, "", self.gazetteer).place)
        for _ in range(DRAWS):
            try:
                return self._file(command)
            except Retry:
                continue
            except Repeated as before:
                return self._again(command, before)
        raise Busy

    def _check_text(self, text: str) -> None:
        if all(unicodedata.category(sign) in _UNSEEN for sign in text):
            raise TextRequired(field="text", type="missing")
        if len(text) > self.limits.text_max:
            raise Invalid(field="text", type="string_too_long", max_length=self.limits.text_max)

    def _file(self, command: FileCase) -> Accepted:
        now = self.clock.now()
        person, reachable, news = self._person(command)
        case = Case.submit(
            Actor(Role.CITIZEN, person or "", command.guard.body if command.guard else ""), now,
            case_id=self.ids.case_number(now.date()), kind=command.kind, channel=command.channel, lang=command.lang,
            person=person, reachable=reachable, theme=command.theme,
            anonymous=command.anonymous, confidential=command.confidential,
            district=command.place.district, street=command.place.street,
        )  # fmt: skip
        self.cases.commit(Change(None, case, (_words(command),), command.guard, news))
        return self._accepted(case.case_id)

    def _person(self, command: FileCase) -> tuple[str | None, bool, NewPerson | PhoneGiven | None]:
        """Who files, whether messages reach them, and what is new about them."""
        phone = command.phone
        for identity in command.identities:
            if known := self.people.find(identity):
                moved = PhoneGiven(known.person, identity, phone) if phone and command.subject else None
                return known.person, known.reachable or phone is not None, moved
        if not command.identities:
            return None, False, None
        newcomer = NewPerson(self.ids.person(), command.identities, phone, command.name)
        return newcomer.person, phone is not None, newcomer

    def _again(self, command: FileCase, before: Repeated) -> Accepted:
        if command.guard is None or before.body != command.guard.body:
            raise IdempotencyMismatch(case_id=before.case_id)
        return self._accepted(before.case_id)

    def _accepted(self, case_id: str) -> Accepted:
        return Accepted(case_id, self.codes.tracking_code(case_id), Status.SUBMITTED)


def _words(command: FileCase) -> Words:
    place = command.place
    said = {"text": command.text, "address": place.address, **_masked(command)}
    exact = {"lat": place.lat, "lon": place.lon}
    return Words(1, {k: v for k, v in said.items() if v} | {k: str(v) for k, v in exact.items() if v is not None})


def _masked(command: FileCase) -> dict[str, str | None]:
    """What people who work on the case may see of the contact: kept with the words, erased with them."""
    if command.anonymous:
        return {}
    phone, name = command.phone, command.name
    return {
        "phone_masked": f"{phone[:-8]}****{phone[-4:]}" if phone else None,
        "name_masked": f"{name[0]}**" if name else None,
    }
