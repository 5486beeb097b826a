"""How numbers travel to the browser: words as JSON, then float32 numbers as they lie in memory."""

import json
from collections.abc import Mapping
from typing import Any, Final

# The browser reads the numbers as one Float32Array, which must start on a multiple of its item size.
ALIGNMENT: Final = 4


def json_part(content: Mapping[str, Any]) -> bytes:
    """Return the JSON's length as a little-endian uint32 and its UTF-8 text, padded with spaces to 4 bytes."""
    # Half of a surrogate pair has no UTF-8; a visitor's nonsense is no reason to lose the picture.
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")
    text += b" " * (-len(text) % ALIGNMENT)
    return len(text).to_bytes(4, "little") + text
