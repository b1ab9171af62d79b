"""The machine's first state and the end of each of its waits: look at the case, let time act, say where the case is."""

from dataclasses import dataclass

from suban.app.flow_state import SHORTEST, flow_state
from suban.app.ports import Cases, Clock, FlowState
from suban.domain.clockwork import tick
from suban.domain.errors import Busy, NotFound, StaleVersion
from suban.domain.records import Change
from suban.domain.rules import Rules
from suban.domain.words import Next

TRIES = 4


@dataclass(frozen=True, slots=True)
class Look:
    cases: Cases
    clock: Clock
    rules: Rules

    def __call__(self, case_id: str, life: int) -> FlowState:
        """Time acts only where the machine's own wait is the present one; else somebody moved the case meanwhile.

        An execution whose `life` is over has nothing left to do: the next life's has taken the case.
        """
        for _ in range(TRIES):
            bell = self.cases.doorbell(case_id)
            if bell is None:
                raise NotFound(case_id=case_id)
            now = self.clock.now()
            if life < bell.case.life:
                return FlowState(case_id, Next.END, bell.case.wait, SHORTEST)
            after = tick(bell.case, now, self.rules) if bell.is_armed else bell.case
            try:
                if after is not bell.case:
                    self.cases.commit(Change(bell.case, after, by_machine=True))
                return flow_state(after, now)
            except StaleVersion:
                continue
        raise Busy
