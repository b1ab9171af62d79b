"""The world of tests/api, for what is counted behind the API."""

from tests.api.conftest import story, town

__all__ = ["story", "town"]
