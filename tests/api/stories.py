"""A case on its way, moved by nothing but requests."""

from dataclasses import dataclass
from typing import Self

from infra.local.kinds import Json
from tests.api.client import Client, Reply
from tests.api.town import ITEM, UNIT, Town, body, rating


@dataclass
class Story:
    town: Town
    case_id: str
    code: str

    @classmethod
    def filed(cls, town: Town, by: Client | None = None, **changes: object) -> Self:
        reply = (by or town.nobody()).post("/v1/cases", body(**changes))
        assert reply.status == 201, reply.json
        story = cls(town, reply.json["case_id"], reply.json["tracking_code"])
        town.ears.secrets.add(story.code)
        return story

    @property
    def citizen(self) -> Client:
        return self.town.nobody().with_(X_Tracking_Code=self.code)

    @property
    def path(self) -> str:
        return f"/v1/cases/{self.case_id}"

    @property
    def work_path(self) -> str:
        return f"/v1/work/cases/{self.case_id}"

    def seen(self) -> Json:
        """As its citizen sees it."""
        return self.citizen.get(self.path).json

    def says(self, what: str, said: Json | None = None, by: Client | None = None) -> Reply:
        """A citizen's act: rating, supplements, withdrawal, urges, reopening."""
        return (by or self.citizen).post(f"{self.path}/{what}", said or {})

    def act(self, by: Client, action: str, **said: object) -> Reply:
        """Somebody at work acts on the case as it is now, if no version is given."""
        said |= {} if "version" in said else {"version": self.seen()["version"]}
        return by.post(f"{self.work_path}/actions/{action}", said)

    def dispatched(self, to: str = UNIT, item: str = ITEM) -> Self:
        return self._did(self.act(self.town.dispatcher(), "dispatch", item_code=item, unit=to))

    def acknowledged(self) -> Self:
        return self._did(self.act(self.town.unit(), "acknowledge"))

    def completed(self) -> Self:
        answered = {"result": "resolved", "answer": "已责令工地夜间停工"}
        return self._did(self.act(self.town.unit(), "complete", **answered))

    def rated(self, overall: int) -> Self:
        return self._did(self.says("rating", rating(overall)))

    def worked(self) -> Self:
        """From filing to the answer."""
        return self.dispatched().acknowledged().completed()

    def supervised(self) -> Self:
        """Answered and rated badly, twice."""
        return self.worked().rated(1).completed().rated(2)

    def closed(self) -> Self:
        return self.worked().rated(5)

    def _did(self, reply: Reply) -> Self:
        assert reply.status == 200, reply.json
        return self
