"""What callers get. One shape of a case for citizens and units; the work view adds what only they may see."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from suban.domain.words import Action, Kind, Result, Status


class Told(BaseModel):
    model_config = ConfigDict(frozen=True)


class Accepted(Told):
    """受理回执: the case number is no secret, the tracking code is."""

    case_id: Annotated[str, Field(examples=["20260305-48392017-6"])]
    tracking_code: Annotated[str, Field(examples=["7K3M-9QXR-2B4D-VWT8"])]
    status: Status


class Named(Told):
    """A unit, an item or a place: its code, and its name in Chinese."""

    code: str
    name: str


class Step(Told):
    """One line of the timeline, in the caller's language."""

    at: datetime
    event: Annotated[str, Field(examples=["CaseDispatched"])]
    text: str
    round: int
    said: Annotated[
        dict[str, str], Field(description="What was written with this step, as far as the reader may see it")
    ] = {}


class Levels(Told):
    """The latest rating, 1 (worst) to 5 (best)."""

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
    """Where a case stands: who has it, until when, and what this caller can do now."""

    case_id: Annotated[str, Field(examples=["20260305-48392017-6"])]
    kind: Kind
    status: Status
    round: Annotated[int, Field(description="1; one more with each rework and reopening")]
    version: Annotated[int, Field(description="Goes up with every event; send it with an action")]
    urgent: Annotated[bool, Field(description="Clock hours instead of working days, at any hour")]
    submitted_at: datetime
    unit: Annotated[Named | None, Field(description="责任单位, once dispatched")] = None
    item: Annotated[Named | None, Field(description="事项, once dispatched")] = None
    due_at: Annotated[
        datetime | None, Field(description="When the unit answers at the latest; at the desk, when it decides")
    ] = None
    due_provisional: Annotated[bool, Field(description="The calendar of that year is not announced yet")] = False
    overdue: bool
    result: Result | None = None
    closed_as: Annotated[str | None, Field(examples=["rated", "unrated", "supervised", "withdrawn"])] = None
    allowed_actions: list[Action]


class CaseView(CaseState):
    """The whole case as its citizen sees it."""

    text: str
    place: PlaceTold
    timeline: list[Step]
    rating: Levels | None = None


class Candidate(Told):
    """A duty-list item that may fit; `unit` is null where the place does not give exactly one."""

    item_code: str
    name: str
    unit: Named | None = None
    score: float


class Evidence(Told):
    """A word or rule that spoke for or against the decision."""

    kind: str
    text: str
    weight: float


class ContactTold(Told):
    """Masked; revealing it is an action of its own."""

    phone: str | None = None
    name: str | None = None


class WorkView(CaseView):
    """The whole case as those see it who work on it."""

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
