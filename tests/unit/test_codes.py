from datetime import date

import pytest

from suban.adapters.codes import ALPHABET, RandomIds, TrackingCodes
from suban.domain.numbers import parse_case_number

CODES = TrackingCodes("secret")
CASE, OTHER = "20261123-00000001-7", "20261123-00000002-5"


def test_a_tracking_code_is_four_groups_of_four_that_sound_like_nothing_else() -> None:
    groups = CODES.tracking_code(CASE).split("-")
    assert [len(group) for group in groups] == [4, 4, 4, 4]
    assert set("".join(groups)) <= set(ALPHABET)
    assert not set(ALPHABET) & set("ILOU")


def test_it_is_derived_from_the_case_and_the_secret_alone() -> None:
    assert CODES.tracking_code(CASE) == TrackingCodes("secret").tracking_code(CASE)
    assert CODES.tracking_code(CASE) != CODES.tracking_code(OTHER)
    assert CODES.tracking_code(CASE) != TrackingCodes("other").tracking_code(CASE)


def test_it_opens_its_own_case_only() -> None:
    assert CODES.is_tracking_code(CASE, CODES.tracking_code(CASE))
    assert not CODES.is_tracking_code(OTHER, CODES.tracking_code(CASE))


@pytest.mark.parametrize("said", ["", "你好", "-", "0" * 16, "0" * 10_000])
def test_anything_else_opens_nothing(said: str) -> None:
    assert not CODES.is_tracking_code(CASE, said)


def test_it_is_understood_as_people_say_it() -> None:
    code = CODES.tracking_code(CASE)
    said = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert CODES.is_tracking_code(CASE, said)
    assert CODES.is_tracking_code(CASE, code.replace("-", "").replace("1", "i"))


def test_case_numbers_are_drawn_over_their_whole_range_and_can_be_read() -> None:
    drawn = {RandomIds().case_number(date(2026, 11, 23)) for _ in range(200)}
    assert len(drawn) > 190
    assert {parse_case_number(number) for number in drawn} == drawn
    assert len({number[9] for number in drawn}) > 5


def test_a_persons_id_says_nothing_about_them_and_is_never_drawn_twice() -> None:
    assert len({RandomIds().person() for _ in range(1000)}) == 1000
