"""A town whose machine runs: after each act everything that can happen by itself has happened."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

import boto3

from infra.local.kinds import Json
from suban.adapters.keys import NOTICES, SHARDS
from suban.adapters.notices import DynamoNotices
from tests.api.client import Client
from tests.api.stories import Story
from tests.api.town import Town

AUTOMATIC = "楼下工地凌晨两点还在施工打桩，吵得睡不着"
UNSURE = "这件事一直没人管，希望有人来看看"


@dataclass
class Machine(Town):
    def file(self, text: str = AUTOMATIC, by: Client | None = None, **changes: object) -> "Life":
        place = {"district": "440305", "street": "440305007"}
        story = Story.filed(self, by, **{"text": text, "place": place, **changes})
        self.city.drain()
        return Life(self, story.case_id, story.code)

    def unsettled(self) -> int:
        """Notices that were neither sent nor given up, whenever they are due."""
        notices = DynamoNotices(self.environment("notify")["CASES_TABLE"])
        late = self.city.clock.now() + timedelta(days=1000)
        return sum(len(notices.due(shard, late, 1000)) for shard in range(SHARDS[NOTICES]))

    def parked(self) -> list[Json]:
        url = self.environment("relay")["PARKED_QUEUE_URL"]
        found = boto3.client("sqs").receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
        return [json.loads(message["Body"]) for message in found]

    def break_executions(self) -> None:
        """Somebody stops every execution in the console."""
        flow = boto3.client("stepfunctions")
        for execution in self.city.machines.running():
            flow.stop_execution(executionArn=execution.exec_arn)

    def later(self, **duration: float) -> datetime:
        return self.city.advance(timedelta(**duration))


@dataclass
class Life(Story):
    """A case with its machine."""

    @property
    def status(self) -> str:
        return str(self.seen()["status"])

    @property
    def holder(self) -> Client:
        return self.town.unit(self.seen()["unit"]["code"])

    @property
    def events(self) -> list[str]:
        return [step["event"] for step in self.seen()["timeline"]]

    def lives(self) -> list[Json]:
        return self.town.city.lives(self.case_id)

    def states(self, life: int = 1) -> list[str]:
        return [entered["state"] for entered in self.lives()[life - 1]["states"]]

    def does(self, by: Client, action: str, **said: object) -> "Life":
        self._did(self.act(by, action, **said))
        self.town.city.drain()
        return self

    def answered(self) -> "Life":
        return self.does(self.holder, "complete", result="resolved", answer="已责令夜间停工")

    def wishes(self, what: str, **said: object) -> "Life":
        self._did(self.says(what, said))
        self.town.city.drain()
        return self

    def judged(self, overall: int) -> "Life":
        return self.wishes("rating", speed=3, effect=3, experience=3, feedback=3, overall=overall)

    def messages(self, kind: str) -> list[Json]:
        """Oldest first."""
        found = self.town.city.messages.newest(self.case_id)
        return [message for message in reversed(found) if message["kind"] == kind]
