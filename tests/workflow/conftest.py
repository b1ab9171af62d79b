"""The real machine of template.yaml, moved by requests, by the stream and by jumps of the city's clock."""

from collections.abc import Iterator

import pytest

from suban.adapters import clock
from tests import world
from tests.api import ears
from tests.lives import Machine


@pytest.fixture
def machine() -> Iterator[Machine]:
    city = world.city()
    city.reset()
    clock.use(city.clock.now)
    with ears.listening() as heard:
        yield Machine(city, heard)
