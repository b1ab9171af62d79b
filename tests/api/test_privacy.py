"""Nothing that a citizen says is written into a log or a metric. Every test of this folder proves it (conftest.py);
here it is proved that they would notice.
"""

import json

import pytest

from suban.edge.logs import LogRef, log
from tests.api import ears
from tests.api.stories import Story
from tests.api.town import NAME, PHONE, TEXT, Town, body


@pytest.mark.parametrize("leak", [PHONE, NAME, TEXT, json.dumps({"text": TEXT}), f"found {PHONE}."])
def test_a_leak_would_be_overheard(leak: str) -> None:
    with ears.listening() as heard:
        heard.keep_secret({}, body())
        log(LogRef.REQUEST_REFUSED, code=leak)
        assert heard.overheard() != []


def test_tokens_and_codes_are_kept_secret() -> None:
    with ears.listening() as heard:
        heard.keep_secret({"Authorization": "Bearer aaa.bbb.ccc", "X-Tracking-Code": "7K3M-9QXR"}, None)
        log(LogRef.TOKEN_REFUSED, code="Bearer aaa.bbb.ccc")
        print("7K3M-9QXR")  # noqa: T201 - as metrics are written
        assert sorted(heard.overheard()) == ["7K3M-9QXR", "Bearer aaa.bbb.ccc"]


def test_a_whole_story_with_everything_wrong_in_it_is_logged_by_ids_alone(town: Town) -> None:
    story = Story.filed(town, town.citizen().with_(Idempotency_Key="key-of-the-app-1"))
    town.city.lambdas.invoke("dispatch", {"case_id": story.case_id})
    story.citizen.post(f"{story.path}/rating", {"overall": 9, "comment": "太慢了太慢了"})
    story.citizen.post(f"{story.path}/supplements", {"text": "补充的秘密", "phone": PHONE})
    town.nobody().with_(X_Tracking_Code="WRON-GWRO-NGWR-ONGW").get(story.path)
    town.holding("no.such.token").get("/v1/work/queue")
    lines = [json.loads(line) for line in town.ears.getvalue().splitlines() if line.startswith("{")]
    references = {line["ref"] for line in lines if "ref" in line}
    assert references >= {LogRef.STEP_TAKEN, LogRef.REQUEST_REFUSED, LogRef.TOKEN_REFUSED}


def test_a_failure_of_ours_is_logged_without_its_message(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """An exception's message may repeat what somebody wrote."""

    def broken(_: object, text: str) -> None:
        raise ValueError(text)

    monkeypatch.setattr("suban.app.file_case.FilingDesk._check_text", broken)
    reply = town.nobody().post("/v1/cases", body())
    assert (reply.status, reply.code) == (500, "internal")
    (line,) = [json.loads(line) for line in town.ears.getvalue().splitlines() if LogRef.REQUEST_FAILED in line]
    assert (line["error"], line["where"].split(":")[0]) == ("ValueError", "test_privacy.py")
    assert TEXT not in reply.answer.body.decode()
