"""Who lives and works in the test world, and its clock."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from infra.local.city import City
from infra.local.kinds import Json
from infra.local.stack import RELEASE
from tests.api.client import Client
from tests.api.ears import Ears
from tests.world import THURSDAY

FUTIAN, NANSHAN = "440304", "440305"
TEXT = "福田区莲花街道工地半夜还在打桩，吵得孩子睡不着"
PHONE, NAME = "13800138000", "王小明"


def catalogue() -> Json:
    """What the catalogue compiles to; codes are looked up in it, for it changes every year."""
    found: Json = json.loads((RELEASE / "city.json").read_text("utf-8"))
    return found


CITY = catalogue()
UNIT, OTHER_UNIT = [c for c, u in CITY["units"].items() if u["district"] == FUTIAN and u["level"] == "street"][:2]
FAR_UNIT = next(c for c, u in CITY["units"].items() if u["district"] == NANSHAN and u["level"] == "street")
ITEM = next(c for c, i in CITY["items"].items() if not i["urgent"] and not i["limit"] and not i["kinds"])


@dataclass
class Town:
    city: City
    ears: Ears
    now: datetime = THURSDAY

    def later(self, **duration: float) -> datetime:
        self.now += timedelta(**duration)
        return self.now

    def nobody(self) -> Client:
        """Without an account."""
        return Client(self.city.gateway, self.ears)

    def holding(self, token: str) -> Client:
        return self.nobody().with_(Authorization=f"Bearer {token}")

    def citizen(self, sub: str = "citizen-1") -> Client:
        return self.at_work("citizen", sub=sub)

    def unit(self, code: str = UNIT, role: str = "unit_lead") -> Client:
        return self.at_work(role, unit=code)

    def dispatcher(self, **scope: str) -> Client:
        return self.at_work("dispatcher", **scope)

    def supervisor(self, **scope: str) -> Client:
        return self.at_work("supervisor", **scope)

    def at_work(self, role: str, **claims: str) -> Client:
        return self.holding(self.city.issuer.token({"sub": f"{role}-1", "role": role, **claims}))

    def environment(self, function: str) -> Mapping[str, str]:
        return self.city.stack.environment(function)


def body(**changes: object) -> Json:
    """A case as citizens file it."""
    said: Json = {
        "kind": "complaint",
        "text": TEXT,
        "place": {"district": FUTIAN, "address": "莲花路1号"},
        "contact": {"phone": PHONE, "name": NAME},
    }
    return {name: value for name, value in {**said, **changes}.items() if value is not None}


def rating(overall: int, **changes: object) -> Json:
    return {"speed": 3, "effect": 3, "experience": 3, "feedback": 3, "overall": overall, **changes}
