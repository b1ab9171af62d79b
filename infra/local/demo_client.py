"""A citizen, a unit, a desk and a supervisor over HTTP: what the demo knows of the city is what it is answered."""

import json
import time
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from http import HTTPStatus
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from infra.local.kinds import Json

PATIENCE = 30  # real seconds for what the city does by itself
PAUSE = 0.1
STARTING = 15  # for the first answer of a city that is just being built
LONG_PATIENCE = 600  # for one answer: a jump over the deadlines of many cases takes its time


class StoryError(Exception):
    """The city did not do what the story tells."""


@dataclass(frozen=True)
class CityClient:
    url: str

    def ask(self, method: str, path: str, body: Json | None = None, **headers: str) -> Json:
        """Raises StoryError for any refusal: no step of a story is meant to be refused."""
        data = json.dumps(body, ensure_ascii=False).encode() if body is not None else None
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = Request(self.url + path, data, {"Content-Type": "application/json", **named}, method=method)
        try:
            with urlopen(request, timeout=LONG_PATIENCE) as answer:
                told: Json = json.load(answer)
                return told
        except HTTPError as refused:
            raise StoryError(f"{method} {path} → {refused.code} {refused.read().decode()[:300]}") from None
        except OSError as silent:
            raise StoryError(f"{method} {path} → no answer: {silent}") from None

    def is_there(self) -> bool:
        try:
            with urlopen(f"{self.url}/_city/health", timeout=STARTING) as answer:
                return bool(answer.status == HTTPStatus.OK)
        except (URLError, OSError):
            return False

    def now(self) -> datetime:
        return datetime.fromisoformat(self.ask("GET", "/_city/clock")["now"])

    def advance(self, duration: str) -> None:
        """ISO 8601, as in P3D or PT20M."""
        self.ask("POST", "/_city/clock", {"advance": duration})

    def messages(self, case_id: str) -> list[Json]:
        """Oldest first."""
        query = urlencode({"case": case_id, "limit": 1000})
        return list(reversed(self.ask("GET", f"/_city/messages?{query}")["messages"]))

    def file(self, kind: str, text: str, place: Json, phone: str) -> "CaseFiled":
        body = {"kind": kind, "text": text, "place": place, "contact": {"phone": phone}}
        accepted = self.ask("POST", "/v1/cases", body)
        return CaseFiled(self, accepted["case_id"], accepted["tracking_code"], text)

    @cache  # noqa: B019 - one client a run
    def token(self, role: str, scope: str = "") -> str:
        """`scope`: a unit's code for its staff, a district's for desks and supervisors."""
        named = "unit" if role.startswith("unit") else "district"
        query = urlencode({"role": role} | ({named: scope} if scope else {}))
        return str(self.ask("GET", f"/_city/tokens?{query}")["token"])


@dataclass(frozen=True)
class CaseFiled:
    """A case in the hands of whoever holds its tracking code."""

    city: CityClient
    case_id: str
    tracking_code: str = field(repr=False)
    text: str

    def look(self) -> Json:
        return self.city.ask("GET", f"/v1/cases/{self.case_id}", X_Tracking_Code=self.tracking_code)

    def does(self, what: str, **body: object) -> Json:
        return self.city.ask("POST", f"/v1/cases/{self.case_id}/{what}", body, X_Tracking_Code=self.tracking_code)

    def rates(self, overall: int, comment: str) -> Json:
        axes = dict.fromkeys(("speed", "effect", "experience", "feedback", "overall"), overall)
        return self.does("rating", **axes, comment=comment)

    def work_view(self, token: str) -> Json:
        return self.city.ask("GET", f"/v1/work/cases/{self.case_id}", Authorization=f"Bearer {token}")

    def unit_does(self, action: str, **body: object) -> Json:
        return self.work(self.city.token("unit_lead", self.look()["unit"]["code"]), action, **body)

    def work(self, token: str, action: str, **body: object) -> Json:
        path = f"/v1/work/cases/{self.case_id}/actions/{action}"
        version = self.work_view(token)["version"]
        return self.city.ask("POST", path, {"version": version, **body}, Authorization=f"Bearer {token}")

    def becomes(self, **wanted: object) -> Json:
        """Waits for what the city does by itself. Raises StoryError where it does not come to that."""
        until = time.monotonic() + PATIENCE
        while True:
            case = self.look()
            if wanted.items() <= {name: case[name] for name in wanted}.items():
                return case
            if time.monotonic() > until:
                raise StoryError(f"{self.case_id}: expected {wanted}, found { ({n: case[n] for n in wanted}) }")
            time.sleep(PAUSE)
