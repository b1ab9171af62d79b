"""TransactionConflict: DynamoDB Local and moto never raise it, so it is put in their way."""

from typing import TYPE_CHECKING, Any, Self

import pytest
from botocore.exceptions import ClientError

from suban.adapters.cases import CONFLICT_TRIES, DynamoCases
from suban.domain.errors import Busy, StaleVersion
from suban.domain.records import Change
from tests.contract.worlds import DynamoWorld
from tests.factories import CITIZEN, after, rules, stored, submitted

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class Contended:
    """A client whose first transactions are cancelled, each for the next of `reasons`; the others pass through."""

    def __init__(self, db: "DynamoDBClient", *reasons: str) -> None:
        self._db = db
        self._reasons = list(reasons)
        self.asked = 0

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the client has
        return getattr(self._db, name)

    def transact_write_items(self, **wanted: Any) -> Any:  # noqa: ANN401 - as the client's
        self.asked += 1
        if not self._reasons:
            return self._db.transact_write_items(**wanted)
        told = [{"Code": self._reasons.pop(0)}, *({"Code": "None"} for _ in wanted["TransactItems"][1:])]
        answer: Any = {"Error": {"Code": "TransactionCanceledException"}, "CancellationReasons": told}
        raise self._db.exceptions.TransactionCanceledException(answer, "TransactWriteItems")

    def over(self, tables: DynamoWorld) -> tuple[Self, DynamoCases]:
        return self, DynamoCases(tables.table, db=self)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long was waited between tries; nobody really waits."""
    waits: list[float] = []
    monkeypatch.setattr("suban.adapters.cases.time.sleep", waits.append)
    return waits


@pytest.mark.parametrize("reason", ["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"])
def test_a_passing_refusal_is_tried_three_times_more(tables: DynamoWorld, reason: str, slept: list[float]) -> None:
    db, cases = Contended(tables.db, *[reason] * CONFLICT_TRIES).over(tables)
    cases.commit(Change(None, submitted()))
    assert (db.asked, CONFLICT_TRIES) == (4, 3)
    assert len(slept) == 3
    assert tables.cases.get(submitted().case_id) == stored(submitted())


def test_then_the_caller_is_told_that_it_is_busy(tables: DynamoWorld) -> None:
    db, cases = Contended(tables.db, *["TransactionConflict"] * 9).over(tables)
    with pytest.raises(Busy):
        cases.commit(Change(None, submitted()))
    assert db.asked == 1 + CONFLICT_TRIES
    assert tables.cases.get(submitted().case_id) is None


def test_a_stale_version_met_after_a_conflict_is_told_as_such(tables: DynamoWorld) -> None:
    case = submitted()
    tables.cases.commit(Change(None, case))
    moved = case.supplement(CITIZEN, after(hours=1), rules())
    tables.cases.commit(Change(case, stored(moved)))
    _, cases = Contended(tables.db, "TransactionConflict").over(tables)
    with pytest.raises(StaleVersion):
        cases.commit(Change(case, stored(moved)))


def test_any_other_refusal_is_a_fault_and_never_hidden(tables: DynamoWorld) -> None:
    db, cases = Contended(tables.db, "ValidationError").over(tables)
    with pytest.raises(ClientError):
        cases.commit(Change(None, submitted()))
    assert db.asked == 1
