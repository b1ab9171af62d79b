"""Automatic dispatch (分拨): the machine's one step that needs the lexicon."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from suban.app.classify import Classifier, classify
from suban.app.flow_state import flow_state
from suban.app.ports import Cases, Clock, FlowState, Metrics
from suban.domain.case import Assignment, Case, Doubt
from suban.domain.city import City
from suban.domain.dispatching import Decision
from suban.domain.errors import Busy, NotFound, StaleVersion
from suban.domain.events import SYSTEM
from suban.domain.limits import Limit
from suban.domain.offices import desk_code
from suban.domain.places import Place
from suban.domain.records import Change, DecisionRecord
from suban.domain.rules import Rules
from suban.domain.words import Status

TRIES = 4


@dataclass(frozen=True, slots=True)
class Dispatcher:
    cases: Cases
    clock: Clock
    city: City
    rules: Rules
    classifier: Classifier
    metrics: Metrics

    def __call__(self, case_id: str) -> FlowState:
        for _ in range(TRIES):
            case = self.cases.get(case_id)
            if case is None:
                raise NotFound(case_id=case_id)
            try:
                return flow_state(self._dispatched(case), self.clock.now())
            except StaleVersion:
                continue
        raise Busy

    def _dispatched(self, case: Case) -> Case:
        """Dispatched once: whoever comes later is told where the case is."""
        if case.status is not Status.SUBMITTED:
            return case
        words = self.cases.words(case.case_id)
        said = "\n".join(text for _, piece in sorted(words.items()) if (text := piece.fields.get("text")))
        located, decision = classify(
            self.classifier, self.city, said, _place(case, words[1].fields), case.kind, case.theme
        )
        after = self._moved(case, decision, located.place)
        record = DecisionRecord(after.version, asdict(decision))
        self.cases.commit(Change(case, after, (record,), by_machine=True))
        self.metrics.count("Dispatched", how="automatic" if decision.automatic else "desk", rule=decision.rule)
        return after

    def _moved(self, case: Case, decision: Decision, place: Place) -> Case:
        now = self.clock.now()
        if decision.unit is None or decision.item_code is None:
            doubt = Doubt(desk_code(place.district), decision.rule, decision.release, place.district, place.street)
            return case.send_to_desk(doubt, SYSTEM, now, self.rules, urgent=decision.urgent)
        to = Assignment(
            decision.unit, decision.item_code, decision.release, decision.rule, decision.confidence,
            handling_limit(case, decision.item_code, self.city, self.rules), place.district, place.street,
        )  # fmt: skip
        return case.dispatch(to, SYSTEM, now, self.rules, urgent=decision.urgent)


def handling_limit(case: Case, item_code: str, city: City, rules: Rules) -> Limit:
    """The kind's limit, or the item's where that is stricter; a 24 × 7 item runs on the clock."""
    item = city.items[item_code]
    limits = [rules.limits.handling(case.kind)]
    if item.limit:
        limits.append(Limit.parse(item.limit))
    strictest = rules.work.strictest(case.submitted_at, *limits)
    return strictest.on_clock() if item.urgent else strictest


def _place(case: Case, filed: Mapping[str, str]) -> Place:
    lat, lon = filed.get("lat"), filed.get("lon")
    return Place(
        case.district, case.street, filed.get("address"), float(lat) if lat else None, float(lon) if lon else None
    )
