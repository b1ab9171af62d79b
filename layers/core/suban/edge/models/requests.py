"""What callers send. Unknown fields are refused: a misspelt field must not be lost in silence."""

from typing import Annotated, Any, Self

from aws_lambda_powertools.event_handler.openapi.params import Header, Path, Query
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from suban.domain.words import Kind, Result
from suban.edge.language import LANGUAGES

Level = Annotated[int, Field(ge=1, le=5, strict=True)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=5000)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)]
Version = Annotated[
    int, Field(ge=1, strict=True, description="The version you saw; a newer one answers 409 with the case as it is")
]
CaseId = Annotated[str, Path(description="YYYYMMDD-NNNNNNNN-C; spaces and missing hyphens are understood")]
TrackingCode = Annotated[
    str | None, Header(alias="X-Tracking-Code", description="Given at filing; stands for the citizen in this case")
]
Authorization = Annotated[str | None, Header(alias="Authorization", description="Bearer <OIDC token>")]
IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key", max_length=200, description="Same key and body: same answer. Same key, other body: 409"
    ),
]
Cursor = Annotated[str | None, Query(description="From the page before")]


class Sent(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    def plain(self) -> dict[str, Any]:
        return self.model_dump(mode="json", exclude_none=True)


class PlaceSent(Sent):
    """Code or name of district and street, an address in words, a point in WGS-84 or GCJ-02 degrees."""

    district: Annotated[str, Field(max_length=40, examples=["440304", "福田"])] | None = None
    street: Annotated[str, Field(max_length=40, examples=["莲花街道"])] | None = None
    address: Annotated[str, Field(max_length=200, examples=["红荔路 5001 号对面工地"])] | None = None
    lat: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)] | None = None
    lon: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)] | None = None

    @model_validator(mode="after")
    def _both_or_neither(self) -> Self:
        if (self.lat is None) != (self.lon is None):
            raise ValueError("lat and lon go together")
        return self


class ContactSent(Sent):
    """Where messages go. A mainland mobile needs no country code; `lang` is zh-Hans, zh-Hant or en."""

    phone: Annotated[str, Field(max_length=40, examples=["13800138000"])] | None = None
    name: Annotated[str, Field(max_length=60)] | None = None
    lang: Annotated[str, Field(pattern=f"^({'|'.join(LANGUAGES)})$")] | None = None


class FileCaseBody(Sent):
    kind: Kind
    text: Annotated[
        str, Field(examples=["福田区莲花街道工地半夜还在打桩，吵得睡不着"], description="1–5,000 characters")
    ]
    place: PlaceSent = PlaceSent()
    theme: Annotated[str, Field(max_length=40, description="主题下单: a guided entry of the catalogue")] | None = None
    contact: ContactSent = ContactSent()
    anonymous: Annotated[bool, Field(description="Nobody is recorded: no messages, only the tracking code")] = False
    confidential: Annotated[bool, Field(description="Who works on the case does not see the contact")] = False


class RatingBody(Sent):
    """好差评: each 1 (worst) to 5 (best)."""

    speed: Level
    effect: Level
    experience: Level
    feedback: Level
    overall: Annotated[int, Field(ge=1, le=5, strict=True, description="1 and 2 are negative: the case goes back")]
    comment: Note | None = None


class SupplementBody(Sent):
    """More words; the unit is told."""

    text: Text


class ReasonBody(Sent):
    reason: Note | None = None


class ReopeningBody(Sent):
    """Once, within seven days of closing; the reason is for the unit."""

    reason: Text


class Versioned(Sent):
    version: Version


class DispatchBody(Versioned):
    """Item and place give the unit; name a unit only where they do not."""

    item_code: Annotated[str, Field(max_length=40)] | None = None
    unit: Annotated[str, Field(max_length=60)] | None = None
    reason: Note | None = None


class AcknowledgeBody(Versioned):
    pass


class ContactBody(Versioned):
    """首次联系: the first one stops its clock, later ones are recorded."""

    note: Note | None = None


class CompleteBody(Versioned):
    """`answer` is what the citizen reads. not_accepted needs a `reason_code`, outside_power says who is `competent`."""

    result: Result
    answer: Text
    reason_code: Annotated[str, Field(max_length=40)] | None = None
    competent: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)] | None = None


class UrgeBody(Versioned):
    reason: Note | None = None


class SuperviseBody(Versioned):
    """The order to the unit; given again, it sends the unit's answer back."""

    instruction: Text


class CloseBody(Versioned):
    note: Text
