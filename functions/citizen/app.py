"""Citizens: file, look, rate, add, withdraw, urge, reopen."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from aws_lambda_powertools.event_handler import Response, content_types

from suban.adapters.cases import DynamoCases
from suban.adapters.clock import SystemClock
from suban.adapters.codes import RandomIds, TrackingCodes
from suban.adapters.cursors import SealedCursors
from suban.adapters.people import DynamoPeople
from suban.adapters.release import Release
from suban.adapters.secret_store import secret
from suban.adapters.tokens import TokenVerifier
from suban.app import read
from suban.app.act import Performer
from suban.app.file_case import FilingDesk
from suban.app.verbs import moves
from suban.domain.city import City
from suban.domain.words import Action
from suban.edge.commands import Acts, case_number, filing
from suban.edge.entry import Entry
from suban.edge.environment import Environment
from suban.edge.guards import Guards
from suban.edge.http import Api, refusals
from suban.edge.identity import Identifier, of_authorizer
from suban.edge.logs import LogRef, log
from suban.edge.models.requests import (
    Authorization,
    CaseId,
    Cursor,
    FileCaseBody,
    IdempotencyKey,
    RatingBody,
    ReasonBody,
    ReopeningBody,
    Sent,
    SupplementBody,
    TrackingCode,
)
from suban.edge.models.responses import Accepted, CaseList, CaseState, CaseView
from suban.edge.problems import Problems
from suban.edge.views import Views


@dataclass(frozen=True, slots=True)
class CitizenEnvironment(Environment):
    cases_table: str
    people_table: str
    people_secret_arn: str
    codes_secret_arn: str
    jwks_url: str
    token_issuer: str
    token_audience: str
    release_dir: str
    claim_prefix: str = ""


@dataclass(frozen=True, slots=True)
class Citizen:
    city: City
    file: FilingDesk
    perform: Performer
    read: read.Reader
    identify: Identifier
    guards: Guards
    views: Views
    problems: Problems
    clock: SystemClock
    release_dir: str

    @classmethod
    def wire(cls, variables: Mapping[str, str] = os.environ) -> Self:
        env = CitizenEnvironment.of(variables)
        city = Release.load(env.release_dir)
        rules, clock = city.rules, SystemClock()
        people = DynamoPeople(env.people_table, secret(env.people_secret_arn))
        cases = DynamoCases(env.cases_table, people.writes)
        codes = TrackingCodes(codes_secret := secret(env.codes_secret_arn))
        verifier = TokenVerifier(env.jwks_url, env.token_issuer, env.token_audience, env.claim_prefix)
        return cls(
            city=city,
            file=FilingDesk(cases, people, clock, RandomIds(), codes, city.gazetteer, rules.limits),
            perform=Performer(cases, clock, moves(city, rules)),
            read=read.Reader(cases, clock, rules.limits, SealedCursors(codes_secret)),
            identify=Identifier(verifier, people, read.TrackingCodes(codes)),
            guards=Guards(rules.limits.idempotency),
            views=Views(city, rules),
            problems=Problems(city),
            clock=clock,
            release_dir=env.release_dir,
        )


entry = Entry(Citizen.wire)
app = Api(lambda: entry.here().problems)
OWN_CHANNEL = "mini"  # a case that came through this API itself; partners' channels have a route of their own


@app.post(
    "/v1/cases",
    status_code=201,
    summary="File a case",
    tags=["citizen"],
    responses=refusals(201, Accepted, 401, 409, 422),
)
def file(body: FileCaseBody, key: IdempotencyKey = None, authorization: Authorization = None) -> Accepted:
    here = entry.here()
    caller = here.identify.verified(authorization)
    guard = here.guards.guard(key, f"file|{caller.subject if caller else ''}", body.plain(), here.clock.wall())
    accepted = here.file(filing(body, here.city, caller, OWN_CHANNEL, app.lang, guard))
    log(LogRef.CASE_FILED, case_id=accepted.case_id)
    return Accepted(case_id=accepted.case_id, tracking_code=accepted.tracking_code, status=accepted.status)


@app.get(
    "/v1/cases", summary="Own cases, newest first", tags=["citizen"], responses=refusals(200, CaseList, 400, 401, 403)
)
def own(cursor: Cursor = None) -> CaseList:
    here = entry.here()
    caller = here.identify.known(of_authorizer(app.current_event.request_context.authorizer.raw_event))
    return here.views.listing(here.read.own(caller, cursor))


@app.get(
    "/v1/cases/<case_id>",
    summary="One case with its timeline",
    tags=["citizen"],
    responses=refusals(200, CaseView, 400, 401, 404),
)
def look(case_id: CaseId, code: TrackingCode = None, authorization: Authorization = None) -> CaseView:
    here = entry.here()
    number = case_number(case_id)
    caller = here.identify.of_case(number, authorization, code)
    return here.views.case(here.read.case(number, caller), app.lang)


def _act(
    action: Action, case_id: str, body: Sent, code: str | None, authorization: str | None, key: str | None
) -> CaseState:
    """The one way of every act of a citizen."""
    here = entry.here()
    number = case_number(case_id)
    caller = here.identify.of_case(number, authorization, code)
    guard = here.guards.guard(key, f"{action}|{number}", body.plain(), here.clock.wall())
    case = here.perform(Acts(number, caller).citizen(action, body, guard))
    log(LogRef.CASE_MOVED, case_id=case.case_id, version=case.version, action=action)
    return here.views.state(case, here.read.allowed(caller, case))


@app.post(
    "/v1/cases/<case_id>/rating",
    summary="Rate the result; a negative rating sends the case back",
    tags=["citizen"],
    responses=refusals(200, CaseState, 400, 401, 404, 409, 422),
)
def rate(
    case_id: CaseId,
    body: RatingBody,
    code: TrackingCode = None,
    authorization: Authorization = None,
    key: IdempotencyKey = None,
) -> CaseState:
    return _act(Action.RATE, case_id, body, code, authorization, key)


@app.post(
    "/v1/cases/<case_id>/supplements",
    summary="Add to what was said",
    tags=["citizen"],
    responses=refusals(200, CaseState, 400, 401, 404, 409, 422),
)
def supplement(
    case_id: CaseId,
    body: SupplementBody,
    code: TrackingCode = None,
    authorization: Authorization = None,
    key: IdempotencyKey = None,
) -> CaseState:
    return _act(Action.SUPPLEMENT, case_id, body, code, authorization, key)


@app.post(
    "/v1/cases/<case_id>/withdrawal",
    summary="Take the case back",
    tags=["citizen"],
    responses=refusals(200, CaseState, 400, 401, 404, 409, 422),
)
def withdraw(
    case_id: CaseId,
    body: ReasonBody,
    code: TrackingCode = None,
    authorization: Authorization = None,
    key: IdempotencyKey = None,
) -> CaseState:
    return _act(Action.WITHDRAW, case_id, body, code, authorization, key)


@app.post(
    "/v1/cases/<case_id>/urges",
    summary="Urge the unit, once a day",
    tags=["citizen"],
    responses=refusals(200, CaseState, 400, 401, 404, 409, 422),
)
def urge(
    case_id: CaseId,
    body: ReasonBody,
    code: TrackingCode = None,
    authorization: Authorization = None,
    key: IdempotencyKey = None,
) -> CaseState:
    return _act(Action.URGE, case_id, body, code, authorization, key)


@app.post(
    "/v1/cases/<case_id>/reopening",
    summary="Open a closed case once more",
    tags=["citizen"],
    responses=refusals(200, CaseState, 400, 401, 404, 409, 422),
)
def reopen(
    case_id: CaseId,
    body: ReopeningBody,
    code: TrackingCode = None,
    authorization: Authorization = None,
    key: IdempotencyKey = None,
) -> CaseState:
    return _act(Action.REOPEN, case_id, body, code, authorization, key)


@app.get("/v1/openapi.json", include_in_schema=False)
def openapi() -> Response[str]:
    document = Path(entry.here().release_dir) / "openapi.json"
    headers = {"Cache-Control": "public, max-age=300"}
    return Response(200, content_types.APPLICATION_JSON, document.read_text(encoding="utf-8"), headers=headers)


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:  # noqa: ANN401 - Lambda's context
    return app.handle(event, context)
