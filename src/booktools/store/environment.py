"""What the environment and the terminal say."""

from __future__ import annotations

import datetime
import os
import shutil
import uuid
from typing import TextIO

from booktools.config import BookConfig
from booktools.errors import ConfigError

_NO_DATE = "2000-01-01"


def modified(config: BookConfig, decided: str = "") -> str:
    """When the book was last changed, `2021-05-31T00:00:00Z`, without looking at a clock.

    SOURCE_DATE_EPOCH (seconds since 1970) where it is set, else the later of the date of
    publication and of `decided` (ISO 8601: the day of the last decision on the errata), else
    a fixed day, so that the same inputs give the same bytes.  Raises ConfigError.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if not epoch:
        day = max(config.meta.date, decided) or _NO_DATE
        return f"{day + '-01-01':.10}T00:00:00Z"
    try:
        seconds = int(epoch)
        if seconds < 0:
            raise ValueError
        when = datetime.datetime.fromtimestamp(seconds, datetime.UTC)
    except (ValueError, OverflowError, OSError):
        raise ConfigError(
            f"SOURCE_DATE_EPOCH is “{epoch}”, which is not a number of seconds since 1970",
            hint="Set it as in SOURCE_DATE_EPOCH=1622419200, or unset it.",
        ) from None
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


def is_terminal(stream: TextIO | None) -> bool:
    """Is somebody looking?  Not in a pipe, a file, CI or a dumb terminal."""
    quiet = os.environ.get("CI") or os.environ.get("TERM") == "dumb"
    try:
        return stream is not None and stream.isatty() and not quiet
    except ValueError:  # closed
        return False


def hold_standard_streams() -> None:
    """Open what is closed of standard input, output and error to nowhere.

    Else a file of the book would get its number, and what is printed, or what an engine
    prints, would go into that file.
    """
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # gets the lowest number that is free


def terminal_width() -> int:
    """Columns of the terminal, 80 where there is none."""
    return shutil.get_terminal_size().columns


def wants_colour(stream: TextIO | None) -> bool:
    """Colour on a terminal only, and not when NO_COLOR is set."""
    return is_terminal(stream) and not os.environ.get("NO_COLOR")


def this_day() -> datetime.date:
    """The day of a decision that is made now."""
    return datetime.date.today()


def fresh_identifier() -> str:
    """An identifier that no other book has: `urn:uuid:…`."""
    return uuid.uuid4().urn
