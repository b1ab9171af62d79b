import pytest

from suban.domain.errors import Invalid
from suban.domain.phones import normal_phone


@pytest.mark.parametrize(
    ("said", "normal"),
    [
        ("13800138000", "+8613800138000"),
        ("138 0013 8000", "+8613800138000"),
        ("138-0013-8000", "+8613800138000"),
        ("１３８００１３８０００", "+8613800138000"),
        ("+86 13800138000", "+8613800138000"),
        ("8613800138000", "+8613800138000"),
        ("008613800138000", "+8613800138000"),
        ("＋８６（138）0013 8000", "+8613800138000"),
        ("19912345678", "+8619912345678"),
        ("+852 9123 4567", "+85291234567"),
        ("0085261234567", "+85261234567"),
        ("+853 6612 3456", "+85366123456"),
        ("+44 7700 900123", "+447700900123"),
        ("+1 (202) 555-0123", "+12025550123"),
    ],
)
def test_a_number_that_can_receive_an_sms_becomes_e164(said: str, normal: str) -> None:
    assert normal_phone(said) == normal


@pytest.mark.parametrize(
    "said",
    [
        "", "110", "12345", "1380013800", "138001380000", "12800138000", "0755-12345678", "+86 0755 12345678",
        "+852 2123 4567", "+853 2888 1234", "91234567", "+0 123 456 789", "+123456", "+1234567890123456", "13800138O00",
        "phone", "13800138000;13900139000", "١٣٨٠٠١٣٨٠٠٠",
    ],
)  # fmt: skip
def test_anything_else_is_refused_by_its_field(said: str) -> None:
    with pytest.raises(Invalid) as refused:
        normal_phone(said)
    assert refused.value.fields == {"field": "contact.phone", "type": "phone"}
