"""Names for what has no type of its own."""

from typing import Any

type Json = Any
"""What a JSON text holds."""

type Inside = Any
"""Something from the inside of moto, or of a library that tells no types."""
