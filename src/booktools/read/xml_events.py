"""XML from strangers, element by element: no entities, no network, no file but the one given."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from lxml import etree


def elements(data: bytes, names: Sequence[str]) -> Iterator[etree._Element]:
    """The elements of these local names, each when it has ended; namespaces do not count.

    Raises lxml's XMLSyntaxError, also for what is nested deeper than 256 levels.
    """
    events = etree.iterparse(
        io.BytesIO(data),
        events=("end",),
        tag=[f"{{*}}{name}" for name in names],
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
    )
    for _, element in events:
        yield element


def local(element: etree._Element) -> str:
    """The name without its namespace."""
    return str(etree.QName(element).localname)


def clear(element: etree._Element) -> None:
    """Let go of an element that has been read, and of those before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
