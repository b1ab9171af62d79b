"""Asks a city, over its gateway or over its socket."""

import http.client
import itertools
import json
from dataclasses import dataclass

from infra.local.city import HOST, City
from infra.local.gateway import Request
from infra.local.kinds import Json

TEXT = "楼下工地凌晨两点还在施工打桩，吵得睡不着"
_keys = itertools.count()


def body(phone: str = "13800138000") -> Json:
    place = {"district": "440310", "street": None}
    said = {"kind": "complaint", "text": TEXT, "contact": {"phone": phone}}
    return said | {"place": {name: code for name, code in place.items() if code}}


@dataclass(frozen=True)
class Visitor:
    city: City

    def ask(self, method: str, target: str, said: object = None, **headers: str) -> tuple[int, Json]:
        sent = b"" if said is None else json.dumps(said).encode()
        answer = self.city.gateway.handle(Request(method, target, tuple(_with_type(headers).items()), sent))
        return answer.status, json.loads(answer.body)

    def file(self) -> Json:
        status, filed = self.ask("POST", "/v1/cases", body(), Idempotency_Key=f"visitor-{next(_keys)}")
        assert status == 201, filed
        return filed

    def read(self, filed: Json) -> Json:
        return self.ask("GET", f"/v1/cases/{filed['case_id']}", X_Tracking_Code=filed["tracking_code"])[1]

    def moments(self, filed: Json, event: str) -> list[str]:
        """When that event happened to a case."""
        return [step["at"] for step in self.read(filed)["timeline"] if step["event"] == event]


def over_the_wire(city: City, method: str, target: str, said: object = None, **headers: str) -> tuple[int, Json]:
    connection = http.client.HTTPConnection(HOST, int(city.url.rpartition(":")[2]), timeout=30)
    connection.request(method, target, None if said is None else json.dumps(said), _with_type(headers))
    answer = connection.getresponse()
    return answer.status, json.loads(answer.read())


def _with_type(headers: dict[str, str]) -> dict[str, str]:
    """Idempotency_Key becomes Idempotency-Key."""
    return {"Content-Type": "application/json"} | {name.replace("_", "-"): value for name, value in headers.items()}
