"""booktools: one canonical manuscript, three editions that say the same."""

__version__: str


def __getattr__(name: str) -> str:
    """`__version__`, looked up when it is asked for: that takes longer than a small command."""
    if name != "__version__":
        raise AttributeError(f"module 'booktools' has no attribute {name!r}")
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("booktools")
    except PackageNotFoundError:  # a source tree that was never installed
        return "0+unknown"
