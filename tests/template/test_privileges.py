"""Each function may do what it does, and no more."""

import re

import pytest

from infra.local.expand import read
from tests.template.parts import FUNCTION, listed, names_in, of_type, statements

# AWS gives these calls no resource to name
WITHOUT_ARN = re.compile(r"logs:(\w*LogDeliver\w*|PutResourcePolicy|Describe(ResourcePolicies|LogGroups))")
AWS_OWN = {"AWSLambdaBasicExecutionRole", "AWSXrayWriteOnlyAccess", "AmazonAPIGatewayPushToCloudWatchLogs"}


def roles_that_may(prefix: str, on: str = "") -> set[str]:
    return {
        role.removesuffix("Role")
        for role, statement in statements()
        if any(action.startswith(prefix) for action in listed(statement["Action"]))
        and (not on or on in names_in(statement.get("Resource")))
    }


def test_no_action_is_a_wildcard() -> None:
    assert [action for _, s in statements() for action in listed(s["Action"]) if "*" in action] == []


def test_a_resource_is_a_wildcard_only_where_aws_knows_no_other() -> None:
    loose = [s for _, s in statements() if "*" in listed(s.get("Resource", []))]
    assert [a for s in loose for a in listed(s["Action"]) if not WITHOUT_ARN.fullmatch(a)] == []


def test_everything_but_topics_means_phone_numbers() -> None:
    excluded = [(role, s["Action"], s["NotResource"]) for role, s in statements() if "NotResource" in s]
    assert excluded == [("NotifyFunctionRole", "sns:Publish", {"Fn::Sub": "arn:${AWS::Partition}:sns:*:*:*"})]


@pytest.mark.parametrize("action", ["dynamodb:Scan", "dynamodb:BatchWrite", "iam:", "states:StopExecution"])
def test_nobody_may(action: str) -> None:
    assert roles_that_may(action) == set()


def test_only_who_ends_tasks_may_delete() -> None:
    deleting = {"CitizenFunction", "CaseworkFunction", "StepsFunction", "DispatchFunction"}
    assert roles_that_may("dynamodb:DeleteItem", on="CasesTable") == roles_that_may("dynamodb:DeleteItem") == deleting


def test_only_notify_publishes() -> None:
    assert roles_that_may("sns:Publish") == {"NotifyFunction"}


def test_only_citizen_and_notify_see_contact_data() -> None:
    assert roles_that_may("dynamodb:", on="PeopleTable") == {"CitizenFunction", "NotifyFunction"}
    assert roles_that_may("kms:", on="PeopleKey") == {"CitizenFunction", "NotifyFunction"}
    assert roles_that_may("dynamodb:PutItem", on="PeopleTable") == {"CitizenFunction"}


def test_only_relay_and_sweeper_start_lives_and_ring() -> None:
    assert roles_that_may("states:") == {"RelayFunction", "SweeperFunction"}


def test_the_machine_touches_the_doorbell_only() -> None:
    (update,) = [s for role, s in statements() if role == "CaseFlowRole" and s["Action"] == "dynamodb:UpdateItem"]
    assert update["Condition"]["ForAllValues:StringEquals"] == {
        "dynamodb:Attributes": ["pk", "sk", "wait", "life", "next", "task_token", "token_wait"]
    }


def test_every_call_to_a_table_says_whose_keys() -> None:
    calls = [s for _, s in statements() if any(re.match(r"dynamodb:.*(Item|Query)", a) for a in listed(s["Action"]))]
    assert calls
    assert [s for s in calls if "dynamodb:LeadingKeys" not in s["Condition"]["ForAllValues:StringLike"]] == []


def test_no_arn_names_a_partition() -> None:
    """Arn:aws: would not deploy in China."""
    assert "arn:aws" not in str(read()["Resources"])


def test_managed_policies_are_those_that_sam_attaches() -> None:
    attached = [arn for role in of_type("AWS::IAM::Role").values() for arn in role.get("ManagedPolicyArns", [])]
    assert {str(arn).rstrip("'}").rpartition("/")[2] for arn in attached} == AWS_OWN


def test_each_function_has_a_role_of_its_own() -> None:
    roles = [str(function["Role"]) for function in of_type(FUNCTION).values()]
    assert len(set(roles)) == len(roles)
