"""A citizen's own cases, newest first, page by page under sealed cursors."""

import pytest

from tests.api.client import Client
from tests.api.stories import Story
from tests.api.town import Town

PAGE = 20


def _page(client: Client, cursor: str | None = None) -> tuple[list[str], str | None]:
    page = client.get("/v1/cases" + (f"?cursor={cursor}" if cursor else "")).json
    return [case["case_id"] for case in page["cases"]], page["cursor"]


def _filed(town: Town, count: int) -> list[str]:
    """Newest first."""
    cases = []
    for _ in range(count):
        cases.append(Story.filed(town, town.citizen()).case_id)
        town.later(minutes=1)
    return cases[::-1]


def test_pages_hold_every_case_once_newest_first(town: Town) -> None:
    filed = _filed(town, 2 * PAGE + 3)
    seen: list[str] = []
    cursor: str | None = None
    for size in (PAGE, PAGE, 3):
        cases, cursor = _page(town.citizen(), cursor)
        assert len(cases) == size
        seen += cases
    assert (seen, cursor) == (filed, None)


def test_somebody_who_never_filed_has_an_empty_list(town: Town) -> None:
    assert _page(town.citizen("new-here")) == ([], None)


def test_each_case_tells_what_can_be_done_with_it(town: Town) -> None:
    Story.filed(town, town.citizen()).worked()
    (case,) = town.citizen().get("/v1/cases").json["cases"]
    assert (case["status"], case["allowed_actions"]) == ("completed", ["rate", "supplement"])


@pytest.fixture
def cursor(town: Town) -> str:
    _filed(town, PAGE)
    _, found = _page(town.citizen())
    assert found is not None
    return found


def test_a_cursor_that_nobody_sealed_is_refused(town: Town, cursor: str) -> None:
    altered = cursor[:30] + ("A" if cursor[30] != "A" else "B") + cursor[31:]
    for forged in (altered, cursor[:-4], "AAAA", "eyJzayI6IjIwMjYifQ", "!!!", "%E5%8D%81"):
        refused = town.citizen().get(f"/v1/cases?cursor={forged}")
        assert (refused.status, refused.code) == (400, "bad_cursor"), forged


def test_a_cursor_of_another_citizen_is_refused(town: Town, cursor: str) -> None:
    Story.filed(town, town.citizen("other"))
    assert town.citizen("other").get(f"/v1/cases?cursor={cursor}").code == "bad_cursor"


def test_a_cursor_of_another_list_is_refused(town: Town, cursor: str) -> None:
    assert town.unit().get(f"/v1/work/queue?cursor={cursor}").code == "bad_cursor"


def test_a_cursor_tells_nothing_of_the_person(town: Town, cursor: str) -> None:
    assert "CIT" not in cursor
    assert cursor.isascii()


def test_the_list_is_the_citizens_alone(town: Town) -> None:
    refused = town.unit().get("/v1/cases")
    assert (refused.status, refused.code) == (403, "forbidden")


def test_the_list_needs_an_account(town: Town, story: Story) -> None:
    assert town.nobody().get("/v1/cases").status == 401
    assert story.citizen.get("/v1/cases").status == 401, "a tracking code stands for one case"
