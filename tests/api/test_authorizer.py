"""The authorizer as API Gateway calls it."""

import pytest

from infra.local.kinds import Json
from tests.api import forged
from tests.api.town import FUTIAN, UNIT, Town

ARN = "arn:aws:execute-api:ap-southeast-1:123456789012:api/prod/GET/v1/work/queue"
STAGE = "arn:aws:execute-api:ap-southeast-1:123456789012:api/prod/*/*"


def _asked(town: Town, headers: dict[str, str], arn: str = ARN) -> Json:
    event = {"type": "REQUEST", "methodArn": arn, "headers": headers, "requestContext": {}}
    return town.city.lambdas.invoke("authorizer", event)


def _token(town: Town, **claims: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {town.city.issuer.token({'sub': 'lead-1', **claims})}"}


def test_a_caller_is_told_to_the_function_as_strings(town: Town) -> None:
    answer = _asked(town, _token(town, role="unit_lead", unit=UNIT, district=FUTIAN))
    assert answer["principalId"] == "lead-1"
    assert answer["context"] == {"role": "unit_lead", "subject": "lead-1", "unit": UNIT, "district": FUTIAN}


def test_the_policy_covers_the_whole_stage_for_it_is_cached(town: Town) -> None:
    (statement,) = _asked(town, _token(town, role="dispatcher"))["policyDocument"]["Statement"]
    assert (statement["Effect"], statement["Resource"]) == ("Allow", [STAGE])


def test_the_policy_is_of_the_partition_it_was_asked_in(town: Town) -> None:
    arn = ARN.replace("arn:aws:", "arn:aws-cn:")
    (statement,) = _asked(town, _token(town, role="dispatcher"), arn)["policyDocument"]["Statement"]
    assert statement["Resource"] == [STAGE.replace("arn:aws:", "arn:aws-cn:")]


def test_a_citizen_is_known_by_issuer_and_subject(town: Town) -> None:
    context = _asked(town, _token(town, role="citizen"))["context"]
    assert context == {"role": "citizen", "subject": f"{town.city.issuer.name}|lead-1"}


def test_headers_are_found_in_any_case(town: Town) -> None:
    headers = {name.lower(): value for name, value in _token(town, role="dispatcher").items()}
    assert _asked(town, headers)["context"]["role"] == "dispatcher"


@pytest.mark.parametrize("headers", [{}, {"Authorization": ""}, {"Authorization": "Bearer x.y.z"}, {"X": "y"}])
def test_a_refusal_is_the_one_word_that_becomes_401(town: Town, headers: dict[str, str]) -> None:
    with pytest.raises(Exception, match=r"^Unauthorized$"):
        _asked(town, headers)


def test_a_refusal_is_logged_by_its_code_alone(town: Town) -> None:
    with pytest.raises(Exception, match=r"^Unauthorized$"):
        _asked(town, {"Authorization": f"Bearer {forged.signed(town.city.issuer, exp=1)}"})
    assert '"code":"token_expired"' in town.ears.getvalue()
