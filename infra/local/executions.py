"""The machine's history of one case, life after life, in business time."""

from collections.abc import Callable
from datetime import datetime

import boto3

from infra.local.kinds import Json


def lives(flow_arn: str, case_id: str, business_time: Callable[[datetime], datetime]) -> list[Json]:
    """Empty where no life of that case was ever started."""
    flow = boto3.client("stepfunctions")
    found = []
    for life in range(1, 1000):
        execution = f"{flow_arn.replace(':stateMachine:', ':execution:')}:{case_id}-{life}"
        try:
            status = flow.describe_execution(executionArn=execution)["status"]
        except (flow.exceptions.ExecutionDoesNotExist, flow.exceptions.InvalidArn):
            break
        events = flow.get_execution_history(executionArn=execution, maxResults=1000)["events"]
        states = [
            {"state": event["stateEnteredEventDetails"]["name"], "at": _told(business_time(event["timestamp"]))}
            for event in events
            if "stateEnteredEventDetails" in event
        ]
        found.append({"life": life, "status": status, "states": states})
    return found


def _told(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
