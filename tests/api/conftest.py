"""Each test: an empty world on a Thursday morning, and ears that hear every line of its log."""

from collections.abc import Iterator

import pytest

from suban.adapters import clock
from tests import world
from tests.api import ears
from tests.api.stories import Story
from tests.api.town import Town


@pytest.fixture
def town() -> Iterator[Town]:
    """At its end: nothing that anybody said, no phone, name, token or code was written down."""
    city = world.city()
    city.reset()
    with ears.listening() as heard:
        here = Town(city, heard)
        clock.use(lambda: here.now)
        yield here
        clock.use(city.clock.now)
    assert heard.overheard() == []


@pytest.fixture
def story(town: Town) -> Story:
    """A case just filed, by somebody without an account."""
    return Story.filed(town)
