"""Who may do what: a case outside one's scope is not there, an action outside one's role is not allowed."""

import pytest

from infra.local.kinds import Json
from tests.api.stories import Story
from tests.api.town import ITEM, NANSHAN, OTHER_UNIT, UNIT

SAID: dict[str, Json] = {
    "dispatch": {"item_code": ITEM, "unit": UNIT},
    "acknowledge": {},
    "contact": {},
    "complete": {"result": "resolved", "answer": "好"},
    "urge": {},
    "supervise": {"instruction": "请办理"},
    "close": {"note": "归档"},
}
OF_THE_UNIT = {"acknowledge", "contact", "complete"}
OF_THE_SUPERVISOR = {"urge", "supervise", "close"}


@pytest.mark.parametrize("action", SAID)
@pytest.mark.parametrize(
    ("role", "claims", "may"),
    [
        ("unit_lead", {"unit": UNIT}, OF_THE_UNIT),
        ("unit_staff", {"unit": UNIT}, OF_THE_UNIT),
        ("dispatcher", {}, {"dispatch"}),
        ("supervisor", {}, OF_THE_SUPERVISOR),
    ],
)
def test_a_role_does_what_is_its_own_and_no_more(
    story: Story, action: str, role: str, claims: dict[str, str], may: set[str]
) -> None:
    reply = story.dispatched().act(story.town.at_work(role, **claims), action, **SAID[action])
    if action in may:
        assert reply.status in {200, 409}, "allowed; perhaps not now"
    else:
        assert (reply.status, reply.code) == (403, "forbidden")
        assert story.seen()["version"] == 2


@pytest.mark.parametrize("action", SAID)
@pytest.mark.parametrize(
    ("role", "claims"),
    [
        ("unit_lead", {"unit": OTHER_UNIT}),
        ("dispatcher", {"district": NANSHAN}),
        ("supervisor", {"district": NANSHAN}),
        ("citizen", {}),
        ("auditor", {}),
        ("arbiter", {}),
        ("member", {}),
    ],
)
def test_to_everybody_else_the_case_does_not_exist(
    story: Story, action: str, role: str, claims: dict[str, str]
) -> None:
    reply = story.dispatched().act(story.town.at_work(role, **claims), action, **SAID[action])
    assert (reply.status, reply.code) == (404, "not_found")
    assert "case" not in reply.json


def test_scope_comes_from_the_token_never_from_the_request(story: Story) -> None:
    stranger = story.dispatched().town.unit(OTHER_UNIT).with_(X_Unit=UNIT, X_Role="supervisor")
    assert story.act(stranger, "acknowledge").status == 404
    assert story.act(stranger, "acknowledge", unit=UNIT).fields == {"unit": "extra_forbidden"}


def test_a_case_sent_back_is_not_seen_by_a_unit_it_never_had(story: Story) -> None:
    story.worked().rated(1)
    assert story.town.unit().get(story.work_path).status == 200
    assert story.town.unit(OTHER_UNIT).get(story.work_path).status == 404
