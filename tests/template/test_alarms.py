"""An alarm on a metric that does not exist never fires, and nobody notices."""

import pytest

from tests.template.parts import FUNCTION, Json, of_type, template

# Namespace, metric → its dimensions, from AWS's lists of metrics of each service
METRICS = {
    ("AWS/ApiGateway", "5XXError"): {"ApiName", "Stage"},
    ("AWS/Lambda", "Errors"): {"FunctionName"},
    ("AWS/Lambda", "IteratorAge"): {"FunctionName"},
    ("AWS/SQS", "ApproximateAgeOfOldestMessage"): {"QueueName"},
    ("AWS/SQS", "ApproximateNumberOfMessagesVisible"): {"QueueName"},
    ("AWS/States", "ExecutionsAborted"): {"StateMachineArn"},
    ("AWS/States", "ExecutionsFailed"): {"StateMachineArn"},
    ("AWS/States", "ExecutionsTimedOut"): {"StateMachineArn"},
}
ALARMS = of_type("AWS::CloudWatch::Alarm")
GAUGES = {"IteratorAge", "ApproximateAgeOfOldestMessage", "ApproximateNumberOfMessagesVisible"}


def dimensions(alarm: Json) -> Json:
    return {each["Name"]: each["Value"] for each in alarm["Dimensions"]}


def type_of(reference: Json) -> str:
    """`Ref` gives a function's name, a machine's ARN, but a queue's URL: its name is an attribute."""
    match reference:
        case {"Fn::GetAtt": [name, "QueueName"]} | {"Ref": name} if name in template()["Resources"]:
            return f"{template()['Resources'][name]['Type']} {next(iter(reference))}"
    return str(reference)


EXPECTED = {
    "FunctionName": f"{FUNCTION} Ref",
    "QueueName": "AWS::SQS::Queue Fn::GetAtt",
    "StateMachineArn": "AWS::StepFunctions::StateMachine Ref",
    "ApiName": "{'Ref': 'AWS::StackName'}",
    "Stage": "{'Ref': 'Stage'}",
}


@pytest.mark.parametrize("alarm", ALARMS.values(), ids=ALARMS)
def test_the_metric_is_real(alarm: Json) -> None:
    assert METRICS[alarm["Namespace"], alarm["MetricName"]] == set(dimensions(alarm))
    assert {name: type_of(value) for name, value in dimensions(alarm).items()} == {
        name: EXPECTED[name] for name in dimensions(alarm)
    }


@pytest.mark.parametrize("alarm", ALARMS.values(), ids=ALARMS)
def test_it_can_fire_and_somebody_hears(alarm: Json) -> None:
    assert alarm["Statistic"] == ("Maximum" if alarm["MetricName"] in GAUGES else "Sum")
    assert alarm["ComparisonOperator"] == "GreaterThanThreshold"
    assert alarm["AlarmActions"] == [{"Ref": "OperatorsTopic"}]
    assert alarm["AlarmDescription"]


def test_the_api_is_called_what_its_alarm_says() -> None:
    (api,) = of_type("AWS::ApiGateway::RestApi").values()
    (stage,) = of_type("AWS::ApiGateway::Stage").values()
    assert api["Name"] == {"Ref": "AWS::StackName"}
    assert stage["StageName"] == {"Ref": "Stage"}


def test_every_function_is_watched() -> None:
    watched = {dimensions(a)["FunctionName"]["Ref"] for a in ALARMS.values() if a["MetricName"] == "Errors"}
    unwatched = {"AuthorizerFunction"}  # its refusals count as errors of Lambda; the API's 5xx tell of real ones
    assert watched == set(of_type(FUNCTION)) - unwatched


def test_every_queue_is_watched() -> None:
    watched = {dimensions(a)["QueueName"]["Fn::GetAtt"][0] for a in ALARMS.values() if a["Namespace"] == "AWS/SQS"}
    assert watched == set(of_type("AWS::SQS::Queue"))
