"""The state machine: one execution per life of a case."""

import json
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from suban.adapters.aws import client, code_of
from suban.app.ports import FlowState

if TYPE_CHECKING:
    from mypy_boto3_stepfunctions import SFNClient

# A token nobody waits on any more: AWS says the first two, moto the third once the execution has ended.
STALE = frozenset({"TaskTimedOut", "TaskDoesNotExist", "InvalidToken"})


class StepFunctions:
    def __init__(self, flow_arn: str, sfn: "SFNClient | None" = None) -> None:
        self._arn = flow_arn
        self._sfn = sfn or client("stepfunctions")

    def start(self, case_id: str, life: int) -> None:
        document = json.dumps({"case_id": case_id, "life": life})
        try:
            self._sfn.start_execution(stateMachineArn=self._arn, name=_name(case_id, life), input=document)
        except self._sfn.exceptions.ExecutionAlreadyExists:
            return

    def answer(self, token: str, state: FlowState) -> bool:
        try:
            self._sfn.send_task_success(taskToken=token, output=document_of(state))
        except ClientError as error:
            if code_of(error) in STALE:
                return False
            raise
        return True

    def is_running(self, case_id: str, life: int) -> bool | None:
        try:
            found = self._sfn.describe_execution(executionArn=self._execution(case_id, life))
        except self._sfn.exceptions.ExecutionDoesNotExist:
            return None
        return found["status"] == "RUNNING"

    def _execution(self, case_id: str, life: int) -> str:
        """arn:…:stateMachine:<name>[:<alias>] → arn:…:execution:<name>:<case>-<life>."""
        head, _, tail = self._arn.partition(":stateMachine:")
        return f"{head}:execution:{tail.split(':')[0]}:{_name(case_id, life)}"


def _name(case_id: str, life: int) -> str:
    return f"{case_id}-{life}"


def document_of(state: FlowState) -> str:
    return json.dumps({"case_id": state.case_id, "next": state.next, "wait": state.wait, "seconds": state.seconds})
