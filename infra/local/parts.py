"""From the deployed stack to the parts that move: nothing about a table, queue, route or schedule is said twice."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from infra.local.gateway_routes import Routes
from infra.local.kinds import Inside, Json
from infra.local.machines import Machines
from infra.local.mappings import Mapping, QueueMapping, StreamMapping
from infra.local.moto_fixes import ACCOUNT, AWS, REGION
from infra.local.rules import Invoke, PatternRules, every
from infra.local.stack import Stack
from infra.local.streams import Stream, table


def resolved(stack: Stack, kind: str) -> list[Json]:
    return [stack.names.resolve(properties) for properties in stack.of_type(kind).values()]


def api(stack: Stack) -> Json:
    (rest_api,) = resolved(stack, "AWS::ApiGateway::RestApi")
    return rest_api["Body"]


def http_functions(stack: Stack) -> frozenset[str]:
    """Their folders."""
    return frozenset(stack.folder(function) for function in Routes(api(stack)).functions)


def flow_arn(stack: Stack) -> str:
    (name,) = stack.of_type("AWS::StepFunctions::StateMachine")
    return str(stack.names.ref(name))


def mappings(stack: Stack, machines: Machines, invoke: Invoke, patience: float) -> list[Mapping]:
    """`patience`: real seconds before what failed is tried again."""
    fed: list[Mapping] = [
        _mapping(mapping, partial(invoke, stack.folder(mapping["FunctionName"])), patience)
        for mapping in resolved(stack, "AWS::Lambda::EventSourceMapping")
    ]
    return [*fed, PatternRules(machines, list(_pattern_rules(stack)), invoke)]


def stream(stack: Stack) -> Stream:
    """That of Cases, the one table that has one."""
    (arn,) = {m["EventSourceArn"] for m in resolved(stack, "AWS::Lambda::EventSourceMapping") if _is_stream(m)}
    return _stream(arn)


def rates(stack: Stack) -> list[tuple[str, timedelta]]:
    """Function and how often."""
    return [
        (stack.folder(target["Arn"]), every(rule["ScheduleExpression"]))
        for rule in resolved(stack, "AWS::Events::Rule")
        if "ScheduleExpression" in rule
        for target in rule["Targets"]
    ]


def queue_depths(stack: Stack) -> dict[str, int]:
    return {name: len(queue._messages) for name, queue in _queues(stack)}


def clear(stack: Stack) -> None:
    """Every table and queue; streams begin anew."""
    with AWS:
        for name in stack.of_type("AWS::DynamoDB::Table"):
            here = table(stack.names.ref(name))
            here.items.clear()
            if here.stream_shard:
                here.stream_shard.items.clear()
        for _, queue in _queues(stack):
            queue._messages.clear()
            queue.pending_messages.clear()


def _mapping(mapping: Json, invoke: partial[Json], patience: float) -> Mapping:
    arn = mapping["EventSourceArn"]
    if _is_stream(mapping):
        return StreamMapping(_stream(arn), mapping, invoke, patience)
    return QueueMapping(arn, mapping, invoke, patience)


def _is_stream(mapping: Json) -> bool:
    return ":dynamodb:" in mapping["EventSourceArn"]


def _stream(arn: str) -> Stream:
    return Stream(arn.split("/")[1], arn)


def _pattern_rules(stack: Stack) -> Iterator[tuple[Json, str]]:
    for rule in resolved(stack, "AWS::Events::Rule"):
        if "EventPattern" in rule:
            for target in rule["Targets"]:
                yield rule["EventPattern"], stack.folder(target["Arn"])


def _queues(stack: Stack) -> Iterator[tuple[str, Inside]]:
    from moto.sqs.models import sqs_backends

    for name in stack.of_type("AWS::SQS::Queue"):
        url = str(stack.names.ref(name))
        yield name, sqs_backends[ACCOUNT][REGION].get_queue(url.rpartition("/")[2])
