"""What feeds a Lambda: filters, batches, and what happens to those that fail."""

import json

import pytest

from infra.local.kinds import Json
from infra.local.mappings import StreamMapping
from infra.local.patterns import UnknownPatternError, matches

FILTER = {"eventName": ["INSERT"], "dynamodb": {"Keys": {"sk": {"S": [{"prefix": "EVENT#"}]}}}}
PROPERTIES = {"BatchSize": 4, "FilterCriteria": {"Filters": [{"Pattern": json.dumps(FILTER)}]}}


def record(n: int, sk: str = "EVENT#1", name: str = "INSERT") -> Json:
    return {"eventName": name, "dynamodb": {"SequenceNumber": str(n), "Keys": {"sk": {"S": sk}}}}


class FakeStream:
    def __init__(self, records: list[Json]) -> None:
        self.kept = records

    def __len__(self) -> int:
        return len(self.kept)

    def records(self, start: int, limit: int) -> list[Json]:
        return self.kept[start : start + limit]


class Function:
    """Fails the records named in `bad`, each as often as it is said."""

    def __init__(self, bad: dict[str, int], *, raises: bool = False) -> None:
        self.bad, self.raises = bad, raises
        self.batches: list[list[str]] = []

    def __call__(self, event: Json) -> Json:
        ids = [r["dynamodb"]["SequenceNumber"] for r in event["Records"]]
        self.batches.append(ids)
        failed = [i for i in ids if self.bad.get(i, 0) > 0]
        self.bad |= {i: self.bad[i] - 1 for i in failed}
        if failed and self.raises:
            raise RuntimeError
        return {"batchItemFailures": [{"itemIdentifier": i} for i in failed]}


def fed(function: Function, records: list[Json]) -> list[list[str]]:
    mapping = StreamMapping(FakeStream(records), PROPERTIES, function, 0)  # type: ignore[arg-type]
    while not mapping.is_idle():
        mapping.step()
    return function.batches


def test_only_what_the_filter_lets_through_reaches_the_function() -> None:
    records = [record(0), record(1, "META"), record(2, name="MODIFY"), record(3)]

    assert fed(Function({}), records) == [["0", "3"]]


def test_a_stream_goes_on_from_the_lowest_record_that_failed() -> None:
    batches = fed(Function({"1": 1, "2": 2}), [record(n) for n in range(6)])

    assert batches == [["0", "1", "2", "3"], ["1", "2", "3", "4"], ["2", "3", "4", "5"]]


def test_a_batch_that_raises_is_halved_until_the_culprit_stands_alone() -> None:
    batches = fed(Function({"2": 3}, raises=True), [record(n) for n in range(4)])

    assert batches[:4] == [["0", "1", "2", "3"], ["0", "1"], ["2", "3"], ["2"]]
    assert batches[-1] == ["2", "3"]


def test_an_answer_that_names_an_unknown_record_fails_the_batch() -> None:
    asked: list[Json] = []

    def confused(event: Json) -> Json:
        asked.append(event)
        return {"batchItemFailures": [{"itemIdentifier": "99"}]} if len(asked) == 1 else {}

    mapping = StreamMapping(FakeStream([record(0)]), PROPERTIES, confused, 0)  # type: ignore[arg-type]
    mapping.step()

    assert not mapping.is_idle()
    mapping.step()
    assert mapping.is_idle()


@pytest.mark.parametrize(
    ("pattern", "event", "expected"),
    [
        ({"status": ["FAILED", "ABORTED"]}, {"status": "FAILED"}, True),
        ({"status": ["FAILED"]}, {"status": "SUCCEEDED"}, False),
        ({"status": ["FAILED"]}, {}, False),
        ({"detail": {"status": [{"anything-but": ["RUNNING"]}]}}, {"detail": {"status": "FAILED"}}, True),
        ({"detail": {"status": [{"exists": False}]}}, {"detail": {}}, True),
        ({"detail": {"status": ["x"]}}, {}, False),
    ],
)
def test_event_patterns(pattern: Json, event: Json, expected: bool) -> None:  # noqa: FBT001
    assert matches(pattern, event) is expected


def test_a_pattern_that_the_city_does_not_know_is_refused() -> None:
    with pytest.raises(UnknownPatternError, match="numeric"):
        matches({"n": [{"numeric": [">", 1]}]}, {"n": 2})
