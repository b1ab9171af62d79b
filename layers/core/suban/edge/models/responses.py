"""What callers get. One shape of a case for citizens and units; the work view adds what only they may see."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from suban.domain.words import Action, Kind, Result, Status


class Told(BaseModel):
    model_config = ConfigDict(frozen=True)


class Accepted(Told):
    """受理回执: the case number is no secret, the tracking code is."""

    case_id: Annotated[str, Field(examples=["20260305-48392017-4"])]
    tracking_code: Annotated[str, Field(examples=["7K3M-9QXR-2B4D-VWT8"])]
    status: Status


class Named(Told):
    code: str
    name: str


class Step(Told):
    """One line of the timeline, in the caller's language."""

    at: datetime
    event: str
    text: str
    round: int


class Levels(Told):
    round: int
    at: datetime
    speed: int
    effect: int
    experience: int
    feedback: int
    overall: int
    comment: str | None = None


class PlaceTold(Told):
    district: Named | None = None
    street: Named | None = None
    address: str | None = None


class CaseState(Told):
    case_id: str
    kind: Kind
    status: Status
    round: int
    version: int
    urgent: bool
    submitted_at: datetime
    unit: Named | None = None
    item: Named | None = None
    due_at: datetime | None = None
    due_provisional: Annotated[bool, Field(description="The calendar of that year is not announced yet")] = False
    overdue: bool
    result: Result | None = None
    closed_as: str | None = None
    allowed_actions: list[Action]


class CaseView(CaseState):
    """The whole case as its citizen sees it."""

    text: str
    place: PlaceTold
    timeline: list[Step]
    rating: Levels | None = None


class Candidate(Told):
    item_code: str
    name: str
    unit: Named | None = None
    score: float


class Evidence(Told):
    kind: str
    text: str
    weight: float


class ContactTold(Told):
    """Masked; revealing it is an action of its own."""

    phone: str | None = None
    name: str | None = None


class WorkView(CaseView):
    channel: str
    anonymous: bool
    confidential: bool
    confidence: float | None = None
    rule: str | None = None
    release: str | None = None
    evidence: list[Evidence]
    candidates: list[Candidate]
    contact: ContactTold | None = None


class CaseList(Told):
    cases: list[CaseState]
    cursor: Annotated[str | None, Field(description="Send it to get the next page; null on the last one")] = None


class Problem(Told):
    """RFC 9457. `code` is stable; title and detail are in the language of Accept-Language."""

    type: str
    status: int
    code: str
    title: str
    detail: str
    fields: list[dict[str, str]] | None = None
    case: dict[str, object] | None = None
