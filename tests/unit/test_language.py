import pytest

from suban.edge.language import DEFAULT, LANGUAGES, language


@pytest.mark.parametrize(
    ("header", "spoken"),
    [
        (None, "zh-Hans"),
        ("", "zh-Hans"),
        ("*", "zh-Hans"),
        ("zh", "zh-Hans"),
        ("zh-CN,zh;q=0.9", "zh-Hans"),
        ("zh-Hans-HK", "zh-Hans"),
        ("zh-Hant", "zh-Hant"),
        ("zh-TW", "zh-Hant"),
        ("ZH-hk;q=0.8, en", "zh-Hant"),
        ("zh-MO", "zh-Hant"),
        ("yue-Hant-HK", "zh-Hant"),
        ("en-GB,en;q=0.9,zh;q=0.8", "en"),
        ("fr-FR, en;q=0.5", "en"),
        ("fr", "zh-Hans"),
        ("'; DROP TABLE", "zh-Hans"),
    ],
)
def test_the_first_language_that_we_speak_is_spoken(header: str | None, spoken: str) -> None:
    assert language(header) == spoken
    assert spoken in LANGUAGES
    assert DEFAULT == "zh-Hans"
