"""What a document's own metadata says that is text of the book: subtitle, dedication, abstract."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

# In the order in which they stand; title, authors and language go to book.toml.
_TEXTS = ("subtitle", "dedication", "abstract", "thanks")


def with_front_matter(tree: Mapping[str, Any]) -> Mapping[str, Any]:
    """Pandoc's tree with such text as its first blocks, and no more in its metadata."""
    meta = dict(tree.get("meta", {}))
    front = [block for key in _TEXTS for block in _blocks(meta.pop(key, None))]
    if not front:
        return tree
    return {**tree, "meta": meta, "blocks": [*front, *tree.get("blocks", [])]}


def _blocks(value: Any) -> Iterator[dict[str, Any]]:
    match value:
        case {"t": "MetaString", "c": str(text)} if text.strip():
            yield {"t": "Para", "c": [{"t": "Str", "c": " ".join(text.split())}]}
        case {"t": "MetaInlines", "c": list(nodes)} if nodes:
            yield {"t": "Para", "c": nodes}
        case {"t": "MetaBlocks", "c": list(blocks)}:
            yield from blocks
        case {"t": "MetaList", "c": list(values)}:
            for one in values:
                yield from _blocks(one)
        case _:
            pass
