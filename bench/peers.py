"""What the same book costs with pandoc and WeasyPrint as their manuals tell to use them."""

from __future__ import annotations

import shutil
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

from bench.measure import Sample, run, together

_CSS = Path(__file__).with_name("peer.css")
_HOUSE = ("-f", "markdown", "--quiet")


class Peers:
    """The peers at work on one project; they write beside it, into its folder `peer`."""

    def __init__(self, project: Path, pandoc: str, env: dict[str, str]) -> None:
        self.folder = project
        self.pandoc = pandoc
        self.env = env
        self.texts = [
            path.relative_to(project).as_posix()
            for path in sorted((project / "manuscript/text").glob("*.md"))
        ]
        book = tomllib.loads((project / "manuscript/book.toml").read_text("utf-8"))
        self.metadata = [f"--metadata=title:{book['title']}", f"--metadata=lang:{book['language']}"]
        for person in book.get("creators", []):
            self.metadata.append(f"--metadata=author:{person['name']}")
        self.fonts = sorted(str(path) for path in (project / "styles/fonts").glob("*.ttf"))
        (project / "peer").mkdir()
        shutil.copy(_CSS, project / "peer" / _CSS.name)

    def kinds(self) -> dict[str, Callable[[], Sample]]:
        return {"pdf": self.pdf, "epub": self.epub, "txt": self.txt}

    def pdf(self) -> Sample:
        """pandoc → HTML → WeasyPrint."""
        contents = ("--toc", "--toc-depth=3", "-s", "-t", "html5", "-c", _CSS.name)
        html = self._pandoc(*contents, "-o", "peer/book.html")
        weasyprint = str(Path(sys.executable).with_name("weasyprint"))
        command = (weasyprint, "-q", "peer/book.html", "peer/book.pdf")
        return together([html, run(command, self.folder, self.env).sample])

    def epub(self) -> Sample:
        fonts = [f"--epub-embed-font={font}" for font in self.fonts]
        return self._pandoc("--toc", "--split-level=1", *fonts, "-o", "peer/book.epub")

    def txt(self) -> Sample:
        return self._pandoc("-t", "plain", "--columns=72", "-o", "peer/book.txt")

    def _pandoc(self, *options: str) -> Sample:
        command = (self.pandoc, *_HOUSE, *self.metadata, *self.texts, *options)
        return run(command, self.folder, self.env).sample
