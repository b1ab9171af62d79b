"""What must fit together for a deployment to work."""

import csv
import json
import re

import pytest

from infra.local.expand import ROOT, expand, read
from tests.template.parts import FUNCTION, names_in, of_type, statements, template, variables

FOLDERS = sorted(path.parent.name for path in (ROOT / "functions").glob("*/app.py"))
TABLES = of_type("AWS::DynamoDB::Table")
# A value of the environment → what the function must be allowed to do with it
NEEDS = {
    "CASES_TABLE": "dynamodb:",
    "PEOPLE_TABLE": "dynamodb:",
    "PEOPLE_SECRET_ARN": "secretsmanager:",
    "CODES_SECRET_ARN": "secretsmanager:",
    "FLOW_ARN": "states:",
    "NOTIFY_QUEUE_URL": "sqs:",
    "PARKED_QUEUE_URL": "sqs:",
    "UNIT_TOPIC_PREFIX": "sns:",
}
PSEUDO = {"AWS::Partition", "AWS::Region", "AWS::AccountId", "AWS::StackName"}


def test_each_folder_is_one_function() -> None:
    assert sorted(f"# functions/{name}" for name in FOLDERS) == sorted(
        f["Code"]["ZipFile"] for f in of_type(FUNCTION).values()
    )


@pytest.mark.parametrize("function", of_type(FUNCTION))
def test_a_function_has_the_layers_and_the_common_settings(function: str) -> None:
    properties = of_type(FUNCTION)[function]
    layers = [re.sub(r"[0-9a-f]{10}$", "", layer["Ref"]) for layer in properties["Layers"]]  # SAM adds a hash
    assert layers == ["CoreLayer", "DepsLayer", "LexiconLayer"]
    assert properties["Handler"] == "app.handler"
    assert properties["Architectures"] == [{"Ref": "Architecture"}]
    assert properties["TracingConfig"] == {"Mode": "Active"}
    assert variables(function)["POWERTOOLS_SERVICE_NAME"] == function.removesuffix("Function").lower()
    assert {"STAGE", "LOG_LEVEL", "RELEASE_DIR", "POWERTOOLS_METRICS_NAMESPACE"} <= set(variables(function))


@pytest.mark.parametrize("function", of_type(FUNCTION))
def test_a_function_may_use_what_it_is_told_of(function: str) -> None:
    granted = {
        (str(s["Action"]), name) for role, s in statements() if role == f"{function}Role" for name in _granted(s)
    }
    for variable, prefix in NEEDS.items():
        if variable in variables(function):
            (told,) = names_in(variables(function)[variable]) - PSEUDO or {"topics"}
            assert any(prefix in actions and name == told for actions, name in granted), variable


def _granted(statement: dict[str, object]) -> set[str]:
    return names_in(statement.get("Resource")) - PSEUDO or {"topics"}


def test_every_reference_leads_somewhere() -> None:
    known = template()["Resources"].keys() | template()["Parameters"].keys()
    found = {name for name in names_in(read()["Resources"]) if not name.startswith("AWS::")}
    assert found - known == set()


def test_every_parameter_is_used() -> None:
    text = json.dumps({k: v for k, v in template().items() if k != "Parameters"})
    assert [name for name in template()["Parameters"] if f'"{name}"' not in text and f"${{{name}}}" not in text] == []


def test_the_machine_is_given_each_substitution_and_no_more() -> None:
    text = (ROOT / "infra" / "case_flow.asl.json").read_text("utf-8")
    given = of_type("AWS::StepFunctions::StateMachine")["CaseFlow"]["DefinitionSubstitutions"]
    assert set(re.findall(r"\$\{(\w+)}", text)) == set(given)


def test_a_topic_for_each_district_and_one_for_the_city() -> None:
    with (ROOT / "catalog" / "districts.csv").open(encoding="utf-8") as rows:
        districts = {row["code"] for row in csv.DictReader(rows)}
    topics = [topic["TopicName"]["Fn::Sub"] for topic in of_type("AWS::SNS::Topic").values() if "TopicName" in topic]
    assert sorted(topics) == sorted(f"${{AWS::StackName}}-units-{code}" for code in districts | {"city"})


def test_every_queue_has_a_dead_letter_queue_or_says_why_not() -> None:
    for name, queue in of_type("AWS::SQS::Queue").items():
        assert "RedrivePolicy" in queue or template()["Resources"][name]["Metadata"]["NoRedrive"]


def test_a_message_is_not_seen_again_while_notify_works_on_it() -> None:
    assert (
        of_type("AWS::SQS::Queue")["NotifyQueue"]["VisibilityTimeout"]
        >= 6 * of_type(FUNCTION)["NotifyFunction"]["Timeout"]
    )


def test_relay_sees_new_events_only_and_retries_until_they_expire() -> None:
    mapping = of_type("AWS::Lambda::EventSourceMapping")["RelayMapping"]
    (filtered,) = mapping["FilterCriteria"]["Filters"]
    assert json.loads(filtered["Pattern"]) == {
        "eventName": ["INSERT"],
        "dynamodb": {"Keys": {"sk": {"S": [{"prefix": "EVENT#"}]}}},
    }
    assert mapping["MaximumRetryAttempts"] == -1
    assert mapping["BisectBatchOnFunctionError"] is True


def test_batches_fail_in_parts() -> None:
    for mapping in of_type("AWS::Lambda::EventSourceMapping").values():
        assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


def test_a_lost_life_wakes_the_sweeper() -> None:
    (rule,) = [r for r in of_type("AWS::Events::Rule").values() if "EventPattern" in r]
    assert rule["EventPattern"]["detail"] == {
        "status": ["FAILED", "TIMED_OUT", "ABORTED"],
        "stateMachineArn": [{"Ref": "CaseFlow"}],
    }


def test_the_machines_log_holds_no_data() -> None:
    logging = of_type("AWS::StepFunctions::StateMachine")["CaseFlow"]["LoggingConfiguration"]
    assert logging["IncludeExecutionData"] is False


def test_every_function_logs_where_retention_is_set() -> None:
    groups = of_type("AWS::Logs::LogGroup")
    assert all(group["RetentionInDays"] == {"Ref": "LogRetentionDays"} for group in groups.values())
    for function in of_type(FUNCTION).values():
        assert function["LoggingConfig"]["LogGroup"]["Ref"] in groups


@pytest.mark.parametrize("table", TABLES)
def test_a_table_survives_its_stack(table: str) -> None:
    resource = template()["Resources"][table]
    assert (resource["DeletionPolicy"], resource["UpdateReplacePolicy"]) == ("Retain", "Retain")
    assert resource["Properties"]["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert resource["Properties"]["SSESpecification"]["SSEEnabled"] is True


def test_indexes_carry_keys_only() -> None:
    indexes = TABLES["CasesTable"]["GlobalSecondaryIndexes"]
    assert {index["IndexName"] for index in indexes} == {"work", "citizen", "open"}
    assert all(index["Projection"] == {"ProjectionType": "KEYS_ONLY"} for index in indexes)


def test_contact_data_has_a_key_of_its_own_that_rotates() -> None:
    assert TABLES["PeopleTable"]["SSESpecification"]["KMSMasterKeyId"] == {"Fn::GetAtt": ["PeopleKey", "Arn"]}
    assert all(key["EnableKeyRotation"] is True for key in of_type("AWS::KMS::Key").values())


def test_expanding_changes_nothing_that_the_next_one_sees() -> None:
    assert expand() == expand()
