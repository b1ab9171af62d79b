"""What one sees of moto with a fix and without it. Run as a program, in a process where no city stands beside:
`python -m tests.local.probes` prints {fix: [seen without it, seen with all]}.
"""

import contextlib
import json
import os
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from unittest.mock import patch

import boto3
from botocore.exceptions import ClientError

from infra.local.kinds import Json
from infra.local.moto_fixes import FIXES, aws

TABLE = "Cases"
ROLE = "arn:aws:iam::123456789012:role/machine"


def make_table() -> None:
    boto3.client("dynamodb").create_table(
        TableName=TABLE,
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk")],
        BillingMode="PAY_PER_REQUEST",
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"},
    )


def put(n: int, condition: str = "attribute_not_exists(pk)") -> Json:
    return {"Put": {"TableName": TABLE, "Item": key(n), "ConditionExpression": condition}}


def key(n: int) -> Json:
    return {"pk": {"S": f"CASE#{n}"}, "sk": {"S": "META"}}


def machine(seconds: int = 1000) -> str:
    """Waits for a token that it has written into CASE#0; starts and goes on by Pass."""
    await_ = {
        "Type": "Task",
        "Resource": "arn:aws:states:::aws-sdk:dynamodb:updateItem.waitForTaskToken",
        "TimeoutSecondsPath": "$.seconds",
        "Parameters": {
            "TableName": TABLE,
            "Key": key(0),
            "UpdateExpression": "SET task_token = :t",
            "ExpressionAttributeValues": {":t": {"S.$": "$$.Task.Token"}},
        },
        "End": True,
    }
    begin = {"Type": "Pass", "Parameters": {"seconds": seconds}, "Next": "Await"}
    definition = json.dumps({"StartAt": "Begin", "States": {"Begin": begin, "Await": await_}})
    flow = boto3.client("stepfunctions")
    return flow.create_state_machine(name="flow", definition=definition, roleArn=ROLE)["stateMachineArn"]


def started(times: int = 1, seconds: int = 1000) -> list[str]:
    make_table()
    flow, arn = boto3.client("stepfunctions"), machine(seconds)
    executions = [flow.start_execution(stateMachineArn=arn, name=str(n))["executionArn"] for n in range(times)]
    time.sleep(0.3)
    return executions


def token() -> str:
    return boto3.client("dynamodb").get_item(TableName=TABLE, Key=key(0))["Item"]["task_token"]["S"]


def answer(task_token: str) -> str:
    try:
        boto3.client("stepfunctions").send_task_success(taskToken=task_token, output="{}")
    except ClientError as error:
        return error.response["Error"]["Code"]
    return "taken"


def status(execution: str) -> str:
    return boto3.client("stepfunctions").describe_execution(executionArn=execution)["status"]


class Counting:
    """Calls of `owner.name` while it stands."""

    def __init__(self, owner: object, name: str) -> None:
        self.calls = 0
        called = getattr(owner, name)

        def count(*args: Json, **kwargs: Json) -> Json:
            self.calls += 1
            return called(*args, **kwargs)

        self.standing = patch.object(owner, name, count)


def counted(owner: object, name: str, act: Callable[[], object]) -> int:
    counting = Counting(owner, name)
    with counting.standing:
        act()
    return counting.calls


def one_call_at_a_time() -> Json:
    make_table()
    dynamodb = boto3.client("dynamodb")
    dynamodb.put_item(TableName=TABLE, Item={**key(0), "n": {"N": "0"}})

    def increment(_: int) -> bool:
        found = dynamodb.get_item(TableName=TABLE, Key=key(0), ConsistentRead=True)["Item"]["n"]["N"]
        values: Json = {":old": {"N": found}, ":new": {"N": str(int(found) + 1)}}
        try:
            dynamodb.update_item(
                TableName=TABLE, Key=key(0), UpdateExpression="SET n = :new", ConditionExpression="n = :old",
                ExpressionAttributeValues=values,
            )  # fmt: skip
        except ClientError:
            return False
        return True

    sys.setswitchinterval(1e-5)
    with ThreadPoolExecutor(8) as crowd:
        answered = sum(crowd.map(increment, range(200)))
    sys.setswitchinterval(0.005)
    value = int(dynamodb.get_item(TableName=TABLE, Key=key(0))["Item"]["n"]["N"])
    return "every answered increment counts" if answered == value else "increments are lost"


def services_known_beforehand() -> Json:
    from moto.core.utils import get_service_model

    before, together = get_service_model.cache_info().misses, threading.Barrier(20)

    def ask(_: int) -> None:
        together.wait()
        get_service_model("stepfunctions")

    with ThreadPoolExecutor(20) as crowd:
        list(crowd.map(ask, range(20)))
    return "loaded again" if get_service_model.cache_info().misses - before > 1 else "loaded before"


def transactions_undo_what_they_touched() -> Json:
    from infra.local.streams import Stream

    make_table()
    dynamodb, listening = boto3.client("dynamodb"), Stream(TABLE, "")
    dynamodb.transact_write_items(TransactItems=[put(0)])
    with contextlib.suppress(dynamodb.exceptions.TransactionCanceledException):
        dynamodb.transact_write_items(TransactItems=[put(1), put(0)])
    dynamodb.transact_write_items(TransactItems=[put(2)])
    stored = sorted(item["pk"]["S"] for item in dynamodb.scan(TableName=TABLE)["Items"])
    heard = [record["dynamodb"]["Keys"]["pk"]["S"] for record in listening.records(0, 10)]
    return {"stored": stored, "heard": heard}


def queries_look_at_one_partition() -> Json:
    from moto.dynamodb.models.dynamo_type import DynamoType

    make_table()
    dynamodb = boto3.client("dynamodb")
    for n in range(30):
        dynamodb.put_item(TableName=TABLE, Item=key(n))
    names = {"KeyConditionExpression": "pk = :p", "ExpressionAttributeValues": {":p": {"S": "CASE#7"}}}
    comparisons = counted(DynamoType, "__lt__", lambda: dynamodb.query(TableName=TABLE, **names))  # type: ignore[arg-type]
    return "sorts the whole table" if comparisons >= 29 else "sorts what was found"


def attribute_values_pass_as_they_are() -> Json:
    from moto.core.serialize import JSONSerializer

    make_table()
    dynamodb = boto3.client("dynamodb")
    dynamodb.put_item(TableName=TABLE, Item={**key(0), **{f"a{n}": {"S": str(n)} for n in range(50)}})
    calls = counted(JSONSerializer, "get_value", lambda: dynamodb.get_item(TableName=TABLE, Key=key(0)))
    same = len(dynamodb.get_item(TableName=TABLE, Key=key(0))["Item"]) == 52
    return {"complete": same, "each member looked up": calls > 200}


def update_expressions_are_read_once() -> Json:
    from moto.dynamodb.parsing.ast_nodes import Node  # type: ignore[attr-defined]

    make_table()
    dynamodb = boto3.client("dynamodb")
    change: Json = {
        "UpdateExpression": "SET " + ", ".join(f"a{n} = :v" for n in range(30)) + " REMOVE gone",
        "ExpressionAttributeValues": {":v": {"S": "x"}},
        "ReturnValues": "ALL_NEW",
    }
    counted_nodes = counted(Node, "find_clauses", lambda: dynamodb.update_item(TableName=TABLE, Key=key(0), **change))
    item = dynamodb.get_item(TableName=TABLE, Key=key(0))["Item"]
    twice = {**change, "UpdateExpression": "SET a = :v SET b = :v"}
    with contextlib.suppress(ClientError):
        dynamodb.update_item(TableName=TABLE, Key=key(0), **twice)
        return "two clauses of a kind pass"
    return {"attributes": len(item) - 2, "counted at every node": counted_nodes > 5000}


def one_client_per_service() -> Json:
    return counted(boto3, "client", lambda: started(5)) - 3  # the probe's own


def definitions_parsed_once() -> Json:
    from moto.stepfunctions.parser.asl.parse import asl_parser

    return counted(asl_parser, "Preprocessor", lambda: started(5))


def paths_parsed_once() -> Json:
    from jsonpath_ng.ext.parser import ExtentedJsonPathParser

    started(1)
    flow = boto3.client("stepfunctions")
    arn = flow.list_state_machines()["stateMachines"][0]["stateMachineArn"]

    def again() -> None:
        flow.start_execution(stateMachineArn=arn)
        time.sleep(0.3)

    return "parsed anew" if counted(ExtentedJsonPathParser, "parse", again) else "parsed once"


def ended_threads_not_kept() -> Json:
    from moto.stepfunctions.parser import utils

    utils.TMP_THREADS.clear()
    started(1)
    return len(utils.TMP_THREADS)


def a_wait_of_no_seconds_is_refused() -> Json:
    (execution,) = started(1, seconds=0)
    found = boto3.client("stepfunctions").describe_execution(executionArn=execution)
    return "integer" in found.get("cause", "")


def a_stopped_execution_stops() -> Json:
    (execution,) = started(1)
    boto3.client("stepfunctions").stop_execution(executionArn=execution)
    time.sleep(0.2)
    return status(execution)


def a_token_is_known_while_it_is_open() -> Json:
    started(1)
    return answer(token())


def a_token_is_answered_once() -> Json:
    """Before the machine has run on."""
    from moto.stepfunctions.parser.asl.eval.callback.callback import CallbackEndpoint

    started(1)
    with patch.object(CallbackEndpoint, "notify", lambda *_, **__: None):
        return [answer(token()), answer(token())]


def seen(fix: Callable[..., None]) -> list[Json]:
    probe = globals()[fix.__name__]
    both = []
    for fixes in ([other for other in FIXES if other is not fix], FIXES):
        with aws(fixes):
            both.append(probe())
    return both


if __name__ == "__main__":
    from moto.core.utils import get_service_model

    get_service_model.cache_clear()
    loaded_first = sorted(FIXES, key=lambda fix: fix.__name__ != "services_known_beforehand")
    print(json.dumps({fix.__name__: seen(fix) for fix in loaded_first}))  # noqa: T201
    sys.stdout.flush()
    os._exit(0)  # waits that nobody will answer
