"""The one room, with the engines, that touches disk, clock and environment."""

from booktools.store.editing import edit_ledger, rewrite
from booktools.store.environment import (
    fresh_identifier,
    is_terminal,
    modified,
    terminal_width,
    this_day,
    wants_colour,
)
from booktools.store.lastbuild import (
    MANIFEST,
    Inputs,
    inputs_of,
    last_manifest,
    make_manifest,
    unchanged,
    write_dist,
)
from booktools.store.lock import build_lock
from booktools.store.loose import (
    SOURCES,
    Given,
    expanded,
    read_any,
    read_beside,
    read_document,
    read_given,
    read_loose,
    read_manuscript,
    read_prints,
    same_file,
    write_loose,
)
from booktools.store.page_cache import PageCache, page_cache
from booktools.store.project import (
    Project,
    create_project,
    find_project,
    free_folder,
    open_project,
    packaged,
    project_in_making,
)
from booktools.store.reading import decode, inside, read_bytes, read_text, sha256, stamp
from booktools.store.writing import write_files

__all__ = [
    "MANIFEST",
    "SOURCES",
    "Given",
    "Inputs",
    "PageCache",
    "Project",
    "build_lock",
    "create_project",
    "decode",
    "edit_ledger",
    "expanded",
    "find_project",
    "free_folder",
    "fresh_identifier",
    "inputs_of",
    "inside",
    "is_terminal",
    "last_manifest",
    "make_manifest",
    "modified",
    "open_project",
    "packaged",
    "page_cache",
    "project_in_making",
    "read_any",
    "read_beside",
    "read_bytes",
    "read_document",
    "read_given",
    "read_loose",
    "read_manuscript",
    "read_prints",
    "read_text",
    "rewrite",
    "same_file",
    "sha256",
    "stamp",
    "terminal_width",
    "this_day",
    "unchanged",
    "wants_colour",
    "write_dist",
    "write_files",
    "write_loose",
]
