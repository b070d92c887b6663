"""booktools: one canonical manuscript, three editions that say the same."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("booktools")
except PackageNotFoundError:  # a source tree that was never installed
    __version__ = "0+unknown"
