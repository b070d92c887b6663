"""Files outside any project: `booktools recover FILE` with --blocks or --ocr."""

from __future__ import annotations

from collections.abc import Sequence

import click

from booktools.cli.session import Session


def of_files(
    here: Session,
    files: Sequence[str],
    out: str,
    languages: Sequence[str],
    encoding: str,
    *,
    ocr: bool,
) -> int:
    """Write the blocks of files to `out`, or what OCR reads on them beside them; exit code."""
    if ocr and out:
        raise click.UsageError("first --ocr alone, then --blocks for the .hocr file")
    if ocr:
        return _recognise(here, files, languages)
    if not out:
        raise click.UsageError(
            "FILE goes with --blocks OUT, where the outcome goes, or with --ocr."
        )
    return _blocks(here, files, out, languages, encoding)


def _recognise(here: Session, files: Sequence[str], languages: Sequence[str]) -> int:
    """Write what an OCR program reads on the pages of scans beside them."""
    from booktools import recognition, sourced, store

    wrong = next((name for name in files if not recognition.is_scan(name)), "")
    if wrong:
        raise click.UsageError(f"--ocr reads PDF files and pictures of pages, not {wrong}")
    project = here.project_if_any()
    config = project.config if project else None
    spoken = languages or ((config.meta.language, *config.languages) if config else ("en",))
    entered = False
    for name in files:
        data = store.read_any(name)
        with here.progress() as progress:
            hocr = recognition.recognised(data, name, spoken, project, progress)
        out = f"{name.rpartition('.')[0]}.hocr"
        store.write_loose(out, hocr)
        here.say(f"wrote {out} (languages: {', '.join(spoken)})")
        if project is None:
            here.say(f"To make a book of it: booktools new DIR --from {out}")
            continue
        made, why = sourced.enter(project, name, out, store.sha256(hocr))
        here.say(f"{out}: {made.value} {store.BOOK}{': ' * bool(why)}{why}")
        entered = entered or made is not sourced.Entry.OTHERS
    if entered:
        here.say("Next: booktools recover")
    return 0


def _blocks(
    here: Session, files: Sequence[str], out: str, languages: Sequence[str], encoding: str
) -> int:
    from booktools import loose, prints, store

    piped = "-" in files
    if piped and len(files) > 1:
        raise click.UsageError("standard input (-) goes without other FILEs")
    if not piped and any(store.same_file(out, name) for name in files):
        raise click.UsageError(f"{out} is to be read and to be written")
    names, files = files, files if piped else store.expanded(files)
    kinds = {(loose.is_document(name), prints.is_print(name)) for name in files}
    if len(kinds) > 1:
        raise click.UsageError("text dumps, PDF or OCR, and documents do not mix: name one kind")
    with here.progress() as progress:
        if all(loose.is_document(name) for name in files):
            given = [store.read_document(name, encoding) for name in files]
            recovered = loose.recover_documents(given, languages, progress)
        elif all(prints.is_print(name) for name in files):
            printed = prints.read(store.read_prints(files, encoding), progress)
            recovered = loose.recover_pages(printed.pages, languages, progress, printed.findings)
        else:
            read = [store.read_standard_input(encoding)] if piped else []
            texts = read or store.read_loose(names, encoding)
            recovered = loose.recover_text(texts, languages, progress)
    if out == "-":
        click.echo(recovered.json, nl=False)
        return here.brief(recovered.findings, err=True)
    store.write_loose(out, recovered.json.encode())
    spoken = ", ".join(recovered.languages) or "no language that is known"
    code = here.brief(recovered.findings)
    here.say(f"wrote {out} ({spoken})")
    return code
