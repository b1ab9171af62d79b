"""受理: accepted is durable, one transaction, the same request once."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pytest

from suban.app.file_case import DRAWS, Accepted, FileCase, FilingDesk
from suban.app.ports import Contact, Retry
from suban.domain.case import Case
from suban.domain.errors import Busy, DomainError, IdempotencyMismatch, Invalid, TextRequired
from suban.domain.events import EventType
from suban.domain.numbers import case_number
from suban.domain.places import OutsideCity, Place
from suban.domain.records import Change, Guard, NewPerson
from suban.domain.words import Kind, Status
from tests.factories import DISTRICT, FILED, STREET, rules, submitted
from tests.fakes import Counting, FixedClock, PlainCodes
from tests.tiny_city import city
from tests.twins import MemoryCases

PHONE = "+8613800138000"
GUARD = Guard("key", "body", 2_000_000_000)
SAID = FileCase(Kind.COMPLAINT, "楼下工地半夜打桩", "app", "zh-Hans", Place(DISTRICT, STREET), phone=PHONE, name="李雷")
FIRST = case_number(FILED.date(), 1)


@dataclass
class Recorded(MemoryCases):
    """Finds people like People does, and remembers every change it was asked for."""

    changes: list[Change] = field(default_factory=list)

    def commit(self, change: Change) -> None:
        super().commit(change)
        self.changes.append(change)

    def contact(self, person: str) -> Contact | None:
        return None


def desk(cases: Recorded | None = None, ids: Counting | None = None) -> tuple[FilingDesk, Recorded]:
    cases = cases or Recorded()
    return FilingDesk(
        cases, cases, FixedClock(), ids or Counting(), PlainCodes(), city().gazetteer, rules().limits
    ), cases  # fmt: skip


def filed(cases: Recorded, case_id: str = FIRST) -> Case:
    case = cases.get(case_id)
    assert case is not None
    return case


def words(cases: Recorded) -> Mapping[str, str]:
    return cases.words(FIRST)[1].fields


def test_a_case_is_accepted_with_its_number_and_secret_code() -> None:
    file, cases = desk()
    assert file(SAID) == Accepted(FIRST, f"code-of-{FIRST}", Status.SUBMITTED)
    expected = submitted(case_id=FIRST, person="person-0")
    assert filed(cases) == replace(expected, events=())
    event = cases.event(FIRST, 1)
    assert event is not None
    assert (event.type, event.actor) == (EventType.CASE_SUBMITTED, "citizen:person-0")


def test_everything_goes_in_one_transaction() -> None:
    file, cases = desk()
    file(replace(SAID, guard=GUARD))
    (change,) = cases.changes
    assert change.before is None
    assert change.guard == GUARD
    assert change.person == NewPerson("person-0", (f"phone:{PHONE}",), PHONE, "李雷")
    assert len(change.records) == 1


def test_words_are_kept_apart_and_the_contact_only_masked() -> None:
    file, cases = desk()
    file(replace(SAID, place=Place(DISTRICT, STREET, "东山路 1 号", 22.5, 113.98)))
    assert words(cases) == {
        "text": SAID.text, "address": "东山路 1 号", "lat": "22.5", "lon": "113.98", "phone_masked": "+86138****8000",
        "name_masked": "李**",
    }  # fmt: skip


@pytest.mark.parametrize("text", ["", "   \n\t", "　", "\u200b\u200d"])
def test_a_case_needs_words(text: str) -> None:
    file, cases = desk()
    with pytest.raises(TextRequired):
        file(replace(SAID, text=text))
    assert cases.changes == []


def test_of_one_to_five_thousand_characters() -> None:
    file, cases = desk()
    file(replace(SAID, text="急"))
    file(replace(SAID, text="长" * 5000))
    with pytest.raises(Invalid) as refused:
        file(replace(SAID, text="长" * 5001))
    assert refused.value.fields == {"field": "text", "type": "string_too_long", "max_length": 5000}
    assert len(cases.changes) == 2


def test_emoji_are_words_too() -> None:
    file, cases = desk()
    file(replace(SAID, text="😡😡"))
    assert words(cases)["text"] == "😡😡"


def test_a_known_phone_is_the_same_person_again() -> None:
    file, cases = desk()
    file(SAID)
    second = file(replace(SAID, text="又来了"))
    assert filed(cases, second.case_id).person == filed(cases).person == "person-0"
    assert cases.changes[1].person is None


def test_an_account_is_the_person_and_an_unproved_phone_never_opens_its_cases() -> None:
    file, cases = desk()
    file(SAID)
    second = file(replace(SAID, subject="issuer|sub"))
    assert filed(cases, second.case_id).person != filed(cases).person
    newcomer = cases.changes[1].person
    assert isinstance(newcomer, NewPerson)
    assert newcomer.identities == ("subject:issuer|sub",)


@pytest.mark.parametrize("known", [{"phone": PHONE}, {"subject": "issuer|sub", "phone": None}])
def test_an_anonymous_case_belongs_to_nobody_and_keeps_no_contact(known: dict[str, str | None]) -> None:
    file, cases = desk()
    file(replace(SAID, anonymous=True, **known))  # type: ignore[arg-type]
    case = filed(cases)
    assert (case.person, case.reachable, case.anonymous, cases.changes[0].person) == (None, False, True, None)
    assert words(cases) == {"text": SAID.text}


@pytest.mark.parametrize(("phone", "reachable"), [(PHONE, True), (None, False)])
def test_a_case_knows_whether_its_citizen_can_be_written_to(phone: str | None, *, reachable: bool) -> None:
    file, cases = desk()
    file(replace(SAID, phone=phone))
    assert filed(cases).reachable is reachable


def test_a_point_tells_district_and_street_and_words_are_left_to_dispatch() -> None:
    file, cases = desk()
    file(replace(SAID, place=Place(lat=22.5, lon=113.98)))
    assert (filed(cases).district, filed(cases).street) == (DISTRICT, STREET)


def test_a_place_outside_the_city_is_refused_before_anything_is_kept() -> None:
    file, cases = desk()
    for place in (Place(lat=22.9, lon=114.1), Place(district="441900")):
        with pytest.raises(OutsideCity):
            file(replace(SAID, place=place))
    assert cases.changes == []


def test_the_same_request_twice_gives_the_same_case() -> None:
    file, cases = desk()
    first = file(replace(SAID, guard=GUARD))
    assert file(replace(SAID, guard=GUARD)) == first
    assert len(cases.changes) == 1


def test_the_same_key_with_another_body_is_refused() -> None:
    file, cases = desk()
    file(replace(SAID, guard=GUARD))
    with pytest.raises(IdempotencyMismatch) as refused:
        file(replace(SAID, text="别的", guard=replace(GUARD, body="other")))
    assert (refused.value.fields, len(cases.changes)) == ({"case_id": FIRST}, 1)


def test_without_a_key_two_requests_are_two_cases() -> None:
    file, _ = desk()
    assert file(SAID).case_id != file(SAID).case_id


def test_a_number_already_taken_is_drawn_again() -> None:
    file, _ = desk(ids=Counting(taken=[7, 7, 8]))
    assert file(SAID).case_id == case_number(FILED.date(), 7)
    assert file(SAID).case_id == case_number(FILED.date(), 8)


def test_two_first_cases_of_one_phone_at_the_same_moment_are_one_persons() -> None:
    class Late(Recorded):
        """The other filing's person appears between looking and writing."""

        raced = False

        def commit(self, change: Change) -> None:
            if not self.raced:
                self.raced = True
                other = submitted(case_id=case_number(FILED.date(), 99), person="winner")
                super().commit(Change(None, other, person=NewPerson("winner", (f"phone:{PHONE}",), PHONE)))
            super().commit(change)

    file, cases = desk(Late())
    accepted = file(SAID)
    assert filed(cases, accepted.case_id).person == "winner"


def test_who_has_bad_luck_again_and_again_is_told_to_come_back() -> None:
    class Full(Recorded):
        asked = 0

        def commit(self, change: Change) -> None:
            self.asked += 1
            raise Retry

    cases = Full()
    with pytest.raises(Busy):
        desk(cases)[0](SAID)
    assert cases.asked == DRAWS
    assert issubclass(Busy, DomainError)
