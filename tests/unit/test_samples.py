"""events/samples: each is what its schema says, and the functions of template.yaml take it as it is."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from infra.local.city import City
from suban.adapters.codec import from_item
from suban.domain.numbers import parse_case_number
from tests import world
from tests.template.parts import of_type
from tests.unit.contracts import SAMPLES, names, sample, wrongs

NUMBER = re.compile(r"\d{8}-\d{8}-[\dX]")
UNIT = "B04-440304"


def images(stored: dict[str, Any]) -> list[dict[str, Any]]:
    return [from_item(record["dynamodb"]["NewImage"]) for record in stored["Records"]]


@pytest.mark.parametrize("name", ["stream/submitted", "stream/one-case"])
def test_records_of_the_stream_are_events(name: str) -> None:
    assert [wrongs("event.v1", image) for image in images(sample(name)) if wrongs("event.v1", image)] == []


def test_the_record_that_nobody_understands_is_no_event() -> None:
    (image,) = images(sample("stream/not-understood"))
    assert wrongs("event.v1", image)


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("steps/execution-input", "life"), ("steps/look-input", "life"), ("steps/dispatch-input", "case"),
        ("steps/look-output", "state"), ("steps/dispatch-output", "state"), ("steps/token-answer", "state"),
    ],
)  # fmt: skip
def test_steps_are_told_and_tell_codes_and_numbers(name: str, part: str) -> None:
    assert wrongs("flow-state.v1", sample(name), part) == []


def test_messages_on_queues_and_topics_are_as_their_schemas_say() -> None:
    bodies = [json.loads(record["body"]) for record in sample("sqs/notify")["Records"]]
    assert [wrongs("notice-ref.v1", body) for body in bodies] == [[], []]
    assert wrongs("parked.v1", sample("sqs/parked")) == []
    assert [wrongs("unit-message.v1", sample(name)) for name in names("unit-messages")] == [[], []]


def test_every_case_number_is_one_that_can_be_read_over_a_phone() -> None:
    told = " ".join(path.read_text("utf-8") for path in SAMPLES.rglob("*.json"))
    assert {number for number in NUMBER.findall(told) if parse_case_number(number) != number} == set()


def test_every_route_that_takes_a_body_has_a_sample() -> None:
    (api,) = of_type("AWS::ApiGateway::RestApi").values()
    routes = {(m.upper(), path) for path, methods in api["Body"]["paths"].items() for m in methods if m != "options"}
    sent = {(event["httpMethod"], event["resource"]) for event in map(sample, names("apigateway"))}
    assert sent == routes - {("GET", "/v1/openapi.json")}


# -- the functions take them ------------------------------------------------------------------------------------------


@dataclass
class Stage:
    """The samples as one play: number, tracking code and version are those of the case that is really there."""

    city: City
    case_id: str = ""
    code: str = ""

    def file(self, name: str) -> None:
        accepted = json.loads(self.city.lambdas.invoke("citizen", sample(name))["body"])
        self.case_id, self.code = accepted["case_id"], accepted["tracking_code"]
        self.city.drain()

    def of_this_case(self, name: str) -> dict[str, Any]:
        text = NUMBER.sub(self.case_id, (SAMPLES / f"{name}.json").read_text("utf-8"))
        event: dict[str, Any] = json.loads(text.replace("7K3M-9QXR-2B4D-VWT8", self.code))
        return event

    def api(self, function: str, name: str) -> dict[str, Any]:
        event = self.of_this_case(f"apigateway/{name}")
        if (sent := json.loads(event["body"] or "{}")) and "version" in sent:
            event["body"] = json.dumps(sent | {"version": self.version()}, ensure_ascii=False)
        answer = self.city.lambdas.invoke(function, event)
        assert answer["statusCode"] == 200, answer["body"]
        self.city.drain()
        told: dict[str, Any] = json.loads(answer["body"])
        return told

    def version(self) -> int:
        answer = self.city.lambdas.invoke("citizen", self.of_this_case("apigateway/look"))
        return int(json.loads(answer["body"])["version"])


@pytest.fixture
def stage() -> Iterator[Stage]:
    city = world.city()
    city.reset()
    yield Stage(city)
    city.reset()


def test_the_samples_of_the_api_tell_one_case_from_filing_to_reopening(stage: Stage) -> None:
    stage.file("apigateway/file")
    assert stage.api("citizen", "look")["unit"]["code"] == UNIT
    assert stage.api("citizen", "own") == {"cases": [], "cursor": None}
    played = [
        ("citizen", "supplement"), ("citizen", "urge"), ("casework", "queue"), ("casework", "work-case"),
        ("casework", "acknowledge"), ("casework", "contact"), ("casework", "urge-by-supervisor"),
        ("casework", "complete"), ("citizen", "rate"), ("casework", "complete"),
    ]  # fmt: skip
    for function, name in played:
        stage.api(function, name)
    rated = stage.of_this_case("apigateway/rate")
    rated["headers"].pop("Idempotency-Key")
    rated["multiValueHeaders"].pop("Idempotency-Key")
    assert json.loads(stage.city.lambdas.invoke("citizen", rated)["body"])["status"] == "supervised"
    for name in ("supervise", "complete", "close"):
        stage.api("casework", name)
    assert stage.api("citizen", "reopen")["round"] == 3


def test_a_case_that_nobody_is_sure_of_goes_past_the_desk(stage: Stage) -> None:
    stage.file("apigateway/file-unsure")
    assert stage.api("casework", "dispatch")["status"] == "dispatched"


def test_a_case_may_be_anonymous_and_taken_back(stage: Stage) -> None:
    stage.file("apigateway/file-anonymous")
    assert stage.api("citizen", "withdraw")["status"] == "withdrawn"


def test_relay_notify_steps_and_sweeper_take_their_samples(stage: Stage) -> None:
    """After the news has been handled once, each is told again what it knows already."""
    stage.file("apigateway/file")
    invoke, of_this_case = stage.city.lambdas.invoke, stage.of_this_case
    for name in ("stream/submitted", "stream/one-case"):
        assert invoke("relay", of_this_case(name)) == {"batchItemFailures": []}
    assert invoke("notify", of_this_case("sqs/notify")) == {"batchItemFailures": []}
    assert set(invoke("notify", sample("schedule/notify"))) == {"queued"}
    assert invoke("sweeper", sample("schedule/sweeper"))["seen"] == 1
    assert set(invoke("sweeper", of_this_case("execution-status/failed"))) == {"mended"}
    for function, name in (("steps", "look"), ("dispatch", "dispatch")):
        assert wrongs("flow-state.v1", invoke(function, of_this_case(f"steps/{name}-input"))) == []


def test_what_relay_does_not_understand_is_parked_and_blocks_nobody(stage: Stage) -> None:
    assert stage.city.lambdas.invoke("relay", sample("stream/not-understood")) == {"batchItemFailures": []}
    assert stage.city.health()["queues"]["ParkedQueue"] == 1


def test_a_token_that_is_none_is_refused_in_the_gateways_word(stage: Stage) -> None:
    with pytest.raises(Exception, match="Unauthorized"):
        stage.city.lambdas.invoke("authorizer", sample("authorizer/request"))


def test_a_real_token_lets_its_holder_in(stage: Stage) -> None:
    token = stage.city.passes.token("unit_lead", {"unit": UNIT})
    event = json.loads(json.dumps(sample("authorizer/request")).replace("<token>", token))
    answer = stage.city.lambdas.invoke("authorizer", event)
    assert answer["context"]["unit"] == UNIT
    assert answer["policyDocument"]["Statement"][0]["Effect"] == "Allow"
