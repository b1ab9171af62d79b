"""The executions in moto: are they at rest, which have ended, stop them all."""

import time
from collections import deque
from contextlib import ExitStack
from unittest.mock import patch

from infra.local.kinds import Inside, Json
from infra.local.moto_fixes import ACCOUNT, AWS, REGION
from infra.local.moto_tokens import TOKENS

STOPPING = 5.0  # real seconds


class Machines:
    def __init__(self) -> None:
        self.ended: deque[Json] = deque()
        """What AWS tells EventBridge of an execution that has ended, not yet told on."""

    def listen(self, stack: ExitStack) -> None:
        from moto.stepfunctions.parser.backend.execution import BaseExecutionWorkerCommunication

        terminated = BaseExecutionWorkerCommunication.terminated

        def told(communication: Inside) -> None:
            terminated(communication)
            self.ended.append(_status_change(communication.execution))

        stack.enter_context(patch.object(BaseExecutionWorkerCommunication, "terminated", told))

    def running(self) -> list[Inside]:
        from moto.stepfunctions.parser.models import stepfunctions_parser_backends

        with AWS:
            machines = stepfunctions_parser_backends[ACCOUNT][REGION].state_machines
            return [e for machine in machines for e in machine.executions if e.status == "RUNNING"]

    def are_at_rest(self) -> bool:
        """Every execution waits for a token that nobody has answered yet, or has ended."""
        return len(TOKENS.waiting) == len(self.running())

    def forget(self) -> None:
        """Ends and removes every execution."""
        from moto.stepfunctions.parser.models import stepfunctions_parser_backends

        _stop(self.running())
        until = time.monotonic() + STOPPING
        while self.running() and time.monotonic() < until:
            time.sleep(0.001)
        for machine in stepfunctions_parser_backends[ACCOUNT][REGION].state_machines:
            machine.executions.clear()
        TOKENS.clear()
        self.ended.clear()


def _stop(executions: list[Inside]) -> None:
    for execution in executions:
        while execution.exec_worker.env is None:  # only just started
            time.sleep(0.001)
        execution.stop(stop_date=None, error=None, cause=None)


def _status_change(execution: Inside) -> Json:
    detail = {
        "executionArn": execution.exec_arn,
        "stateMachineArn": execution.state_machine.arn,
        "name": execution.name,
        "status": execution.status,
        "startDate": int(execution.start_date.timestamp() * 1000),
        "stopDate": int(execution.stop_date.timestamp() * 1000),
        "input": execution.execution_input,
    }
    return {
        "version": "0",
        "id": execution.exec_arn.rpartition(":")[2],
        "detail-type": "Step Functions Execution Status Change",
        "source": "aws.states",
        "account": ACCOUNT,
        "time": execution.stop_date.isoformat(),
        "region": REGION,
        "resources": [execution.exec_arn],
        "detail": detail,
    }
