import pytest

from suban.domain.dispatching import Candidate, Decision, Evidence, Ranking, Scored, Sign, Word, decide
from suban.domain.duty import DutyList, Item, Unit
from suban.domain.places import Located, Place

A = "440301"
DUTY = DutyList(
    "r1",
    {
        "03-01-001": Item("03-01-001", "施工噪声", "03", "env"),
        "06-01-001": Item("06-01-001", "井盖缺失", "06", "light", urgent=True, kinds=("suggestion",)),
    },
    {"ENV-A": Unit("ENV-A", "甲环境", "甲", "branch", "env", A), "LIGHT": Unit("LIGHT", "灯", "灯", "city", "light")},
)
NOISE = Scored("03-01-001", 0.5, (Word("工地", 0.3),))
COVER = Scored("06-01-001", 0.2, (Word("路口", 0.1),))
HERE = Located(Place(A), "words", None, ("甲山区",))


def decided(
    *scored: Scored,
    confidence: float = 0.99,
    located: Located = HERE,
    kind: str = "complaint",
    **signs: tuple[str, ...],
) -> Decision:
    ranking = Ranking(scored, confidence, {Sign(sign): words for sign, words in signs.items()})
    return decide(ranking, located, kind, DUTY, threshold=0.9)


def test_a_sure_ranking_with_one_unit_is_automatic_and_says_why() -> None:
    assert decided(NOISE, COVER) == Decision(
        item_code="03-01-001",
        unit="ENV-A",
        confidence=0.99,
        candidates=(
            Candidate("03-01-001", "施工噪声", "ENV-A", 0.5),
            Candidate("06-01-001", "井盖缺失", "LIGHT", 0.2),
        ),
        evidence=(
            Evidence("word", "工地", 0.3),
            Evidence("place", "words:440301"),
            Evidence("place_word", "甲山区"),
            Evidence("runner_up", "井盖缺失:路口", 0.2),
        ),
        rule="sure",
        release="r1",
        urgent=False,
    )


@pytest.mark.parametrize(
    ("decision", "rule"),
    [
        (decided(NOISE, confidence=0.89), "unsure"),
        (decided(NOISE, Scored("06-01-001", 0.45), confidence=0.89), "several_items"),
        (decided(NOISE, located=Located(Place())), "district_needed"),
        (decided(NOISE, kind="suggestion"), "suggestion"),
        (decided(NOISE, empty_text=()), "empty_text"),
        (decided(NOISE, other_language=()), "other_language"),
        (decided(NOISE, several_matters=("03-01-001", "06-01-001")), "several_matters"),
        (decided(), "nothing_fits"),
        (decided(Scored("99-99-999", 0.9)), "nothing_fits"),
    ],
)
def test_where_it_is_not_sure_nothing_is_automatic_and_the_rule_says_why(decision: Decision, rule: str) -> None:
    assert (decision.rule, decision.item_code, decision.unit, decision.automatic) == (rule, None, None, False)


def test_the_threshold_itself_is_enough() -> None:
    assert decided(NOISE, confidence=0.9).automatic


def test_a_suggestion_is_automatic_where_the_item_lists_it() -> None:
    assert decided(COVER, kind="suggestion").unit == "LIGHT"


def test_an_abusive_text_is_dispatched_all_the_same_and_flagged() -> None:
    decision = decided(NOISE, abusive=("混蛋",))
    assert decision.automatic
    assert Evidence("sign", "abusive:混蛋") in decision.evidence


def test_words_of_danger_are_urgent_even_at_the_desk() -> None:
    assert decided(NOISE, confidence=0.1, urgent=("触电",)).urgent


def test_an_urgent_item_is_urgent_once_more_likely_right_than_wrong() -> None:
    assert decided(COVER, confidence=0.5).urgent
    assert not decided(COVER, confidence=0.49).urgent


def test_an_empty_text_has_no_candidates() -> None:
    assert decided(NOISE, empty_text=()).candidates == ()


def test_at_most_five_candidates() -> None:
    assert len(decided(*[NOISE] * 9).candidates) == 5
