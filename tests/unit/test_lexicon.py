import subprocess
import sys
from pathlib import Path

import pytest

from layers.lexicon.compile import compile_release
from suban.adapters.lexicon import LexiconClassifier
from suban.adapters.lexicon_confidence import NEVER, Calibration, signals
from suban.adapters.release import Release, ReleaseBroken, ReleaseMissing
from suban.app.classify import Classifier, classify
from suban.domain.dispatching import Ranking, Sign
from suban.domain.places import Place
from tests.unit.tiny_catalog import write_catalog

CORE = str(Path(__file__).parents[2] / "layers/core")


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release")
    compile_release(write_catalog(folder / "catalog"), folder / "out")
    return folder / "out"


@pytest.fixture(scope="module")
def lexicon(release: Path) -> LexiconClassifier:
    return LexiconClassifier.load(release)


def first(ranking: Ranking) -> str:
    return ranking.scored[0].item_code


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("工地凌晨还在打桩", "03-01-001"),
        ("工地淩晨兩點仲喺度打樁，嘈到訓唔到", "03-01-001"),
        ("樓上裝修电钻好吵", "03-01-002"),
        ("路灯🌑🌑不亮！！！", "06-02-001"),
        ("老板拖欠工次三个月", "08-01-001"),
        ("ｌｕ口井盖不見了", "06-01-001"),
        ("餐馆油烟" + "很大" * 2000, "03-02-001"),
    ],
)
def test_the_item_is_found_whatever_the_script_the_typos_and_the_length(
    lexicon: LexiconClassifier, text: str, item: str
) -> None:
    assert first(lexicon.classify(text, "complaint", None)) == item


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("", Sign.EMPTY),
        ("😀😀😀", Sign.EMPTY),
        ("您好，请问有人吗？谢谢", Sign.EMPTY),
        ("12345 67890", Sign.EMPTY),
        ("The street lamp is broken", Sign.OTHER_LANGUAGE),
        ("路口触电，有人受伤", Sign.URGENT),
        ("樓下煤氣洩漏", Sign.URGENT),
        ("他妈的天天装修", Sign.ABUSIVE),
        ("1、公司拖欠工资三个月不发。2、马路上整条街路灯不亮", Sign.SEVERAL_MATTERS),
    ],
)
def test_what_a_text_shows_besides_its_matter(lexicon: LexiconClassifier, text: str, sign: Sign) -> None:
    assert sign in lexicon.classify(text, "complaint", None).signs


def test_one_matter_told_in_two_steps_is_one_matter(lexicon: LexiconClassifier) -> None:
    text = "1、楼上天天装修电钻响。2、邻居周末装修敲墙也没人管"
    assert Sign.SEVERAL_MATTERS not in lexicon.classify(text, "complaint", None).signs


def test_the_words_that_decided_are_words_of_the_text(lexicon: LexiconClassifier) -> None:
    words = lexicon.classify("楼下餐馆的油烟", "complaint", None).scored[0].words
    assert {word.text for word in words} >= {"餐馆", "油烟"}
    assert all(word.weight > 0 for word in words)


def test_a_theme_speaks_for_its_classes_and_a_kind_against_items_that_do_not_list_it(
    lexicon: LexiconClassifier,
) -> None:
    def score(kind: str, theme: str | None, item: str) -> float:
        ranking = lexicon.classify("老板说路灯不亮不发工资", kind, theme)
        return next(scored.score for scored in ranking.scored if scored.item_code == item)

    assert score("complaint", "work", "08-01-001") > score("complaint", None, "08-01-001")
    assert score("help", None, "06-02-001") < score("complaint", None, "06-02-001")


def test_the_same_text_gives_the_same_ranking(release: Path, lexicon: LexiconClassifier) -> None:
    again = LexiconClassifier.load(release)
    text = "半夜工地还在打桩"
    assert again.classify(text, "complaint", None) == lexicon.classify(text, "complaint", None)


def test_text_and_place_become_a_decision(release: Path, lexicon: LexiconClassifier) -> None:
    classifier: Classifier = lexicon
    place = Place(address="甲山區東山街道")
    located, decision = classify(classifier, Release.load(release), "半夜工地還在打樁", place, "complaint")
    assert (decision.candidates[0].item_code, decision.candidates[0].unit) == ("03-01-001", "ENV-1")
    assert located.place.street == "440301001"
    assert decision.release == Release.load(release).release


def test_a_missing_or_damaged_lexicon_has_a_name(tmp_path: Path, release: Path) -> None:
    with pytest.raises(ReleaseMissing, match="no lexicon in"):
        LexiconClassifier.load(tmp_path)
    for name in ("lexicon.json", "lexicon.idx"):
        (tmp_path / name).write_bytes((release / name).read_bytes())
    (tmp_path / "lexicon.idx").write_bytes((release / "lexicon.idx").read_bytes()[:-9])
    with pytest.raises(ReleaseBroken, match="not an index"):
        LexiconClassifier.load(tmp_path)
    (tmp_path / "lexicon.idx").write_bytes(b"x")
    with pytest.raises(ReleaseBroken, match="cut short"):
        LexiconClassifier.load(tmp_path)


def test_confidence_follows_the_measured_curve() -> None:
    measured = Calibration([0.0, 1.0, *[0.0] * 6], [[0.2, 0.5], [0.4, 0.9]], [[0.8, 0.7], [0.95, 0.9]])

    def confidence(score: float) -> float:
        return measured.confidence(signals("", [(score, 0)] if score else [], ["a"], [[]]))

    assert [round(confidence(score), 3) for score in (0.0, 0.1, 0.2, 0.3, 0.4, 0.5)] == [0, 0.5, 0.5, 0.7, 0.9, 0.9]
    assert measured.threshold(0.9) == 0.9
    assert measured.threshold(0.98) == NEVER, "a precision never reached leaves everything to the desk"


def test_jiebas_own_dictionary_is_never_read(release: Path) -> None:
    program = f"""
import sys
sys.path.insert(0, {CORE!r})
import jieba
from suban.adapters.lexicon import LexiconClassifier
LexiconClassifier.load({str(release)!r}).classify("半夜工地还在打桩", "complaint", None)
assert not jieba.dt.initialized
"""
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)  # noqa: S603 - our own program
