"""What the first look at a text may find, as bits; which of them a text calls for is `prefilter`'s to say. Pure
data.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    Told = tuple[int, list[str] | None]
    """The parts that could find something, and the anchors that count anywhere, where it is known which stand in the
    text.
    """

ANCHORED = 1
"""A form's anchor stands in a long word of the text,"""
NESTED = 2
"""something is encoded in it,"""
PROVIDED = 4
"""something is assigned that could have a provider's form,"""
TELLING = 8
"""a telling name stands in it,"""
LINKED = 16
"""an address,"""
BLOCKED = 32
"""the head of a private key,"""
OPTIONAL = 64
"""a program that takes passwords as options."""
LOOSE = 128
"""an anchor that counts anywhere,"""
EVERY = 255
IN_WORDS = ANCHORED | NESTED | PROVIDED
"""The parts that look at the text's long words."""
