"""The environment is one frozen object per function; what is missing is named."""

from dataclasses import FrozenInstanceError, dataclass

import pytest

from suban.edge.environment import Environment, MissingVariable


@dataclass(frozen=True, slots=True)
class Some(Environment):
    cases_table: str
    release_dir: str
    sms_sender_id: str = "none"


def test_variables_are_read_by_name_and_others_ignored() -> None:
    found = Some.of({"CASES_TABLE": "cases", "RELEASE_DIR": "/opt/release", "HOME": "/"})
    assert found == Some("cases", "/opt/release", "none")


def test_what_has_a_default_may_be_given() -> None:
    assert Some.of({"CASES_TABLE": "c", "RELEASE_DIR": "r", "SMS_SENDER_ID": "Suban"}).sms_sender_id == "Suban"


def test_every_missing_variable_is_named_and_no_value_told() -> None:
    with pytest.raises(MissingVariable) as missing:
        Some.of({"SECRET": "hush"})
    assert str(missing.value) == "environment variables not set: CASES_TABLE, RELEASE_DIR"
    with pytest.raises(MissingVariable, match=r"^environment variables not set: RELEASE_DIR$"):
        Some.of({"CASES_TABLE": "c"})


def test_it_cannot_be_changed_afterwards() -> None:
    found = Some.of({"CASES_TABLE": "c", "RELEASE_DIR": "r"})
    with pytest.raises(FrozenInstanceError):
        found.cases_table = "other"  # type: ignore[misc]
