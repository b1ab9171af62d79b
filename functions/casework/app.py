"""Units, desks and supervisors: the queue, one case, and what is done with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Self

from aws_lambda_powertools.event_handler.openapi.params import Query

from suban.adapters.cases import DynamoCases
from suban.adapters.clock import SystemClock
from suban.adapters.cursors import SealedCursors
from suban.adapters.release import Release
from suban.adapters.secret_store import secret
from suban.app.act import Performer
from suban.app.read import Reader
from suban.app.verbs import moves
from suban.domain.access import Caller
from suban.domain.words import Action, Status
from suban.edge.commands import Acts, case_number
from suban.edge.entry import Entry
from suban.edge.environment import Environment
from suban.edge.http import Api, refusals
from suban.edge.identity import of_authorizer
from suban.edge.logs import LogRef, log
from suban.edge.models.requests import (
    AcknowledgeBody,
    CaseId,
    CloseBody,
    CompleteBody,
    ContactBody,
    Cursor,
    DispatchBody,
    SuperviseBody,
    UrgeBody,
    Versioned,
)
from suban.edge.models.responses import CaseList, CaseState, WorkView
from suban.edge.problems import Problems
from suban.edge.views import Views


@dataclass(frozen=True, slots=True)
class CaseworkEnvironment(Environment):
    cases_table: str
    codes_secret_arn: str
    release_dir: str


@dataclass(frozen=True, slots=True)
class Casework:
    perform: Performer
    read: Reader
    views: Views
    problems: Problems

    @classmethod
    def wire(cls, variables: Mapping[str, str]) -> Self:
        env = CaseworkEnvironment.of(variables)
        city, clock = Release.load(env.release_dir), SystemClock()
        cases = DynamoCases(env.cases_table)
        cursors = SealedCursors(secret(env.codes_secret_arn))
        return cls(
            perform=Performer(cases, clock, moves(city, city.rules)),
            read=Reader(cases, clock, city.rules.limits, cursors),
            views=Views(city, city.rules),
            problems=Problems(city),
        )


entry = Entry(Casework.wire)
app = Api(lambda: entry.here().problems)
Done = refusals(200, CaseState, 400, 401, 403, 404, 409, 422)
Kind = Annotated[str | None, Query(description="handling, desk or supervision; yours if left out")]


def _caller() -> Caller:
    return of_authorizer(app.current_event.request_context.authorizer.raw_event)


@app.get(
    "/v1/work/queue", summary="What waits for you", tags=["work"], responses=refusals(200, CaseList, 400, 401, 403, 422)
)
def queue(kind: Kind = None, status: Annotated[Status | None, Query()] = None, cursor: Cursor = None) -> CaseList:
    here = entry.here()
    return here.views.listing(here.read.queue(_caller(), kind, status, cursor))


@app.get(
    "/v1/work/cases/<case_id>",
    summary="One case, to work on",
    tags=["work"],
    responses=refusals(200, WorkView, 400, 401, 404),
)
def look(case_id: CaseId) -> WorkView:
    here = entry.here()
    return here.views.work(here.read.case(case_number(case_id), _caller()), app.lang)


def _act(action: Action, case_id: str, body: Versioned) -> CaseState:
    """The one way of every act of somebody at work."""
    here, caller = entry.here(), _caller()
    case = here.perform(Acts(case_number(case_id), caller).work(action, body))
    log(LogRef.CASE_MOVED, case_id=case.case_id, version=case.version, action=action)
    return here.views.state(case, here.read.allowed(caller, case))


@app.post(
    "/v1/work/cases/<case_id>/actions/dispatch", summary="Name the item, and so the unit", tags=["work"], responses=Done
)
def dispatch(case_id: CaseId, body: DispatchBody) -> CaseState:
    return _act(Action.DISPATCH, case_id, body)


@app.post("/v1/work/cases/<case_id>/actions/acknowledge", summary="Sign for the case", tags=["work"], responses=Done)
def acknowledge(case_id: CaseId, body: AcknowledgeBody) -> CaseState:
    return _act(Action.ACKNOWLEDGE, case_id, body)


@app.post(
    "/v1/work/cases/<case_id>/actions/contact",
    summary="Record that the citizen was contacted",
    tags=["work"],
    responses=Done,
)
def contact(case_id: CaseId, body: ContactBody) -> CaseState:
    return _act(Action.CONTACT, case_id, body)


@app.post("/v1/work/cases/<case_id>/actions/complete", summary="Answer the citizen", tags=["work"], responses=Done)
def complete(case_id: CaseId, body: CompleteBody) -> CaseState:
    return _act(Action.COMPLETE, case_id, body)


@app.post("/v1/work/cases/<case_id>/actions/urge", summary="Urge the unit", tags=["work"], responses=Done)
def urge(case_id: CaseId, body: UrgeBody) -> CaseState:
    return _act(Action.URGE, case_id, body)


@app.post(
    "/v1/work/cases/<case_id>/actions/supervise",
    summary="Order the work, or send its answer back",
    tags=["work"],
    responses=Done,
)
def supervise(case_id: CaseId, body: SuperviseBody) -> CaseState:
    return _act(Action.SUPERVISE, case_id, body)


@app.post("/v1/work/cases/<case_id>/actions/close", summary="Close a supervised case", tags=["work"], responses=Done)
def close(case_id: CaseId, body: CloseBody) -> CaseState:
    return _act(Action.CLOSE, case_id, body)


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:  # noqa: ANN401 - Lambda's context
    return app.handle(event, context)
