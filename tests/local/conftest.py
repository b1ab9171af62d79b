from collections.abc import Iterator

import pytest

from infra.local.city import City
from suban.adapters import clock
from tests import world


@pytest.fixture
def city() -> Iterator[City]:
    """Empty, on a Thursday morning, and nothing moves but by drain() and advance()."""
    here = world.city()
    here.reset()
    clock.use(here.clock.now)
    yield here
    here.reset()
