"""Case numbers: whatever is misheard or mistyped is noticed, however it is written it is read."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suban.domain.errors import BadCaseNumber
from suban.domain.numbers import case_number, check_character, parse_case_number

SOME = [case_number(date(2026, 11, 23), random) for random in (0, 1, 12_345_678, 99_999_999, 40_961_007, 7)]


def test_a_number_is_day_random_part_and_check_character() -> None:
    assert case_number(date(2026, 11, 23), 12_345) == f"20261123-00012345-{check_character('2026112300012345')}"


def test_the_check_character_is_that_of_an_identity_card() -> None:
    # Both from GB 11643-1999
    assert check_character("11010519491231002") == "X"
    assert check_character("44052418800101001") == "4"


def test_some_numbers_end_with_x() -> None:
    found = next(number for n in range(100) if (number := case_number(date(2026, 1, 1), n)).endswith("X"))
    assert parse_case_number(found.lower()) == found


@pytest.mark.parametrize("number", SOME)
def test_every_single_wrong_digit_is_caught(number: str) -> None:
    for place, right in enumerate(number):
        if right == "-":
            continue
        for wrong in "0123456789X":
            if wrong != right:
                with pytest.raises(BadCaseNumber):
                    parse_case_number(number[:place] + wrong + number[place + 1 :])


@pytest.mark.parametrize("number", SOME)
def test_every_swap_of_two_neighbours_is_caught(number: str) -> None:
    plain = number.replace("-", "")
    for place, (left, right) in enumerate(pairwise(plain)):
        if left != right:
            with pytest.raises(BadCaseNumber):
                parse_case_number(plain[:place] + right + left + plain[place + 2 :])


@given(st.dates(date(2024, 1, 1), date(2099, 12, 31)), st.integers(0, 99_999_999))
def test_every_number_is_read_back(day: date, random: int) -> None:
    number = case_number(day, random)
    assert parse_case_number(number) == number


@pytest.mark.parametrize(
    "write",
    [
        lambda n: n.replace("-", ""),
        lambda n: n.replace("-", " "),
        lambda n: f"  {n}\n",
        lambda n: n.replace("-", "—"),
        lambda n: n.replace("-", "－"),
        " ".join,
        lambda n: n.translate(str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")),
        lambda n: n.replace("-", "　"),
        str.lower,
    ],
)
@pytest.mark.parametrize("number", SOME)
def test_spaces_full_width_digits_and_missing_hyphens_are_understood(write: object, number: str) -> None:
    written = write(number) if callable(write) else ""
    assert parse_case_number(written) == number


@pytest.mark.parametrize(
    "said", ["", "你好", "20261123", SOME[0] + "1", "٢٠٢٦١١٢٣-٠٠٠٠٠٠٠٠-٠", "-" * 10_000, SOME[0][1:]]
)
def test_what_is_no_number_is_refused_and_not_repeated_at_length(said: str) -> None:
    with pytest.raises(BadCaseNumber) as refused:
        parse_case_number(said)
    assert refused.value.fields == {"case_id": said[:40]}
