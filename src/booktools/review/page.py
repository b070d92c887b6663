"""The page: its parts put together, for the server or for the mail."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any, Final

STYLES: Final = ("review.css",)
# In the order in which they are run; they share one scope.
SCRIPTS: Final = (
    "dom.js", "server.js", "mailed.js", "card.js", "list.js", "reading.js", "news.js", "state.js",
    "deciding.js", "main.js",
)  # fmt: skip

_STYLES, _DATA, _SCRIPTS = "<!--styles-->", "<!--data-->", "<!--scripts-->"
_FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}\n?")


def served(index: str) -> str:
    """The page that loads its parts from where it came from."""
    styles = "\n".join(f'<link rel="stylesheet" href="{name}">' for name in STYLES)
    icon = '\n<link rel="icon" href="icon.svg">'
    scripts = "\n".join(f'<script src="{name}" defer></script>' for name in SCRIPTS)
    return _filled(index, {_STYLES: styles + icon, _DATA: "", _SCRIPTS: scripts})


def mailed(index: str, parts: Mapping[str, str], data: Mapping[str, Any]) -> str:
    """One page with everything in it, for `file://`; it can load and send nothing.

    `parts` are the styles and scripts by name, `data` what the page shows.
    """
    style = _FONT_FACE.sub("", "\n".join(parts[name] for name in STYLES))
    script = "\n".join(parts[name] for name in SCRIPTS)
    if "</" in script or "</" in style or "<!--" in script:
        raise ValueError("a script that would end its own element")
    policy = (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    # In JSON < may be written otherwise; so no book can close the element and become markup.
    held = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return _filled(
        index,
        {
            _STYLES: f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
            f"<style>{style}</style>",
            _DATA: f'<script type="application/json" id="mailed">{held}</script>',
            _SCRIPTS: f"<script>{script}</script>",
        },
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _filled(index: str, wanted: Mapping[str, str]) -> str:
    """The page with its gaps filled in one go: what fills one is not searched for others."""
    return re.sub("|".join(map(re.escape, wanted)), lambda gap: wanted[gap[0]], index)
