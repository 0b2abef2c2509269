"""A results folder as an RO-Crate: files with checksums, software, licence, inputs, digests, how to repeat it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from demarche.errors import DesignError, Problem, shell_word
from demarche.experiment.results.licences import CODE, NOTICES, SPDX, notices, terms_of
from demarche.experiment.results.manifest import MANIFEST, Manifest
from demarche.experiment.tables.files import FileRecord, check_file, json_bytes, sha256, write_bytes
from demarche.experiment.tables.inside import inside, read_inside

if TYPE_CHECKING:
    from demarche.experiment.results.store import Results

METADATA = "ro-crate-metadata.json"
PROFILE = "https://w3id.org/ro/crate/1.1"
LICENCE = "MIT"
GUIDE = "REPEAT.txt"
NO_COMMIT = "not known to the installation that made the results; the SHA-256 of the rules below tells its code"
FORMATS = {
    ".parquet": "application/vnd.apache.parquet",
    ".json": "application/json",
    ".sqlite": "application/vnd.sqlite3",
    ".yaml": "application/yaml",
    ".csv": "text/csv",
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".bib": "application/x-bibtex",
    ".py": "text/x-python",
    ".png": "image/png",
    ".svg": "image/svg+xml",
}
MEANINGS = {
    "runs": "one row a run: its inputs, its identity and whether it was done",
    "outcomes": "one row a run that was done: what came of it",
    "outcome_parts": "outcomes of one chunk of runs, as the worker wrote them",
    "series": "monthly series of one chunk of runs",
    "events": "events of one chunk of runs",
    "calendar": "dated events of each arm",
    "ledger": "what became of every run and chunk",
    "": "input of the experiment",
}
Entity = dict[str, Any]


def export_crate(
    results: Results, folder: Path, licence: str = LICENCE, texts: Mapping[str, str] | None = None
) -> int:
    """Copy finished results with all that is needed to cite and repeat them; return the number of files.

    Parameters
    ----------
    results
        Opened results.
    folder
        Where the crate goes; made if it does not exist, otherwise empty.
    licence
        SPDX identifier of the licence of the results, or an address.
    texts
        Further files by name, such as methods and references, which a later layer writes.

    Raises
    ------
    DesignError
        If the folder is not empty.
    StoreError
        If a file of the results is damaged.
    DiskError
        If a file cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        what = "the crate needs an empty folder"
        raise DesignError([Problem("--crate", what, str(folder), fix="choose another one")])
    manifest = results.manifest
    for record in manifest.files:
        check_file(results.path, record)
    more = (MANIFEST, *figures_of(results.path))
    for file in more:
        inside(results.path, file)  # before anything is written
    own = [_copy(results.path, folder, file) for file in more]
    for record in manifest.files:
        _copy(results.path, folder, record.file)
        check_file(folder, record)
    told = notices([record.file for record in manifest.files], licence)
    for name, text in {GUIDE: repeat_guide(manifest), NOTICES: told, **(texts or {})}.items():
        content = text.encode()
        write_bytes(inside(folder, name), content)
        own.append(FileRecord(name, "guide", 0, len(content), sha256(content)))
    write_bytes(folder / METADATA, json_bytes(metadata(manifest, own, licence)))
    return len(manifest.files) + len(own) + 1


def figures_of(root: Path) -> list[str]:
    """Return the names of the figures of a results folder.

    Raises
    ------
    StoreError
        If a link lies among them.
    """
    folder = inside(root, "figures", folder=True)
    there = sorted(folder.iterdir()) if folder.is_dir() else []
    return [f"figures/{path.name}" for path in there if path.is_symlink() or path.is_file()]


def _copy(source: Path, folder: Path, file: str) -> FileRecord:
    content = read_inside(source, file)
    write_bytes(inside(folder, file), content)
    return FileRecord(file, "figure" if file != MANIFEST else "manifest", 0, len(content), sha256(content))


def repeat_guide(manifest: Manifest) -> str:
    """Return in words how the results are checked and repeated."""
    versions = ", ".join(f"{name} {version}" for name, version in manifest.versions.items())
    digests = "\n".join(f"  {name}: {digest}" for name, digest in manifest.digests.items())
    return (
        f"{manifest.title}\n\n"
        f"Check:  demarche results verify .\n"
        f"Repeat: demarche run {shell_word(manifest.inputs['experiment'])} --out repeated\n"
        f"One run: demarche results rerun . --run 0\n\n"
        f"Made with: {versions}.\n"
        f"Commit: {manifest.versions.get('commit', NO_COMMIT)}.\n"
        f"SHA-256 of what the results rest on:\n{digests}\n"
        f"Equal tables are to be expected on the same type of processor with the same versions.\n"
        f"Effects follow from the assumptions of each account, which inputs and rules state.\n"
    )


def metadata(manifest: Manifest, own: Iterable[FileRecord], licence: str) -> Entity:
    """Return the metadata of a crate as JSON-LD."""
    records = [*manifest.files, *own]
    address = licence if "://" in licence else f"{SPDX}{licence}"
    brought = {terms.address: terms.name for record in records if (terms := terms_of(record.file))}
    licences = {f"{SPDX}{CODE}": CODE, address: licence, **brought}
    described = {"@id": METADATA, "@type": "CreativeWork", "about": {"@id": "./"}, "conformsTo": {"@id": PROFILE}}
    return {
        "@context": [f"{PROFILE}/context", {"sha256": "https://schema.org/sha256"}],
        "@graph": [
            described,
            _root(manifest, records, address),
            *({"@id": place, "@type": "CreativeWork", "name": name} for place, name in licences.items()),
            _software(manifest),
            _action(manifest),
            *(_property(f"digest-{name}", f"SHA-256 of the {name}", text) for name, text in manifest.digests.items()),
            *(_property(f"version-{name}", name, text) for name, text in manifest.versions.items()),
            *(_file(record, address) for record in records),
        ],
    }


def _root(manifest: Manifest, records: list[FileRecord], address: str) -> Entity:
    facts = [f"#digest-{name}" for name in manifest.digests] + [f"#version-{name}" for name in manifest.versions]
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": manifest.title,
        "description": f"{manifest.question} {manifest.runs['done']:,} runs. Effects follow from the assumptions "
        "of each account; the inputs and the rules named by their digest state them.".strip(),
        "identifier": manifest.identity,
        "datePublished": manifest.finished,
        "license": {"@id": address},
        "hasPart": [{"@id": quote(record.file)} for record in records],
        "mentions": [{"@id": "#run"}],
        "additionalProperty": [{"@id": fact} for fact in facts],
    }


def _software(manifest: Manifest) -> Entity:
    return {
        "@id": "#demarche",
        "@type": "SoftwareApplication",
        "name": "Demarche",
        "version": manifest.versions["demarche"],
        "softwareVersion": manifest.versions["demarche"],
        "license": {"@id": f"{SPDX}{CODE}"},
        **({"identifier": manifest.versions["commit"]} if "commit" in manifest.versions else {}),
    }


def _action(manifest: Manifest) -> Entity:
    inputs = [file.file for file in manifest.copies]
    outputs = [file.file for file in manifest.files if file.table]
    return {
        "@id": "#run",
        "@type": "CreateAction",
        "name": f"demarche run {shell_word(manifest.inputs['experiment'])}",
        "description": f"{GUIDE} says how to check and to repeat it",
        "startTime": manifest.created,
        "endTime": manifest.finished,
        "instrument": {"@id": "#demarche"},
        "object": [{"@id": quote(file)} for file in inputs],
        "result": [{"@id": quote(file)} for file in outputs],
    }


def _property(place: str, name: str, value: str) -> Entity:
    return {"@id": f"#{place}", "@type": "PropertyValue", "name": name, "value": value}


def _file(record: FileRecord, address: str) -> Entity:
    terms = terms_of(record.file)
    own = f"{SPDX}{CODE}" if record.file.startswith("inputs/") else address
    entity: Entity = {
        "@id": quote(record.file),
        "@type": "File",
        "name": record.file,
        "contentSize": str(record.bytes),
        "sha256": record.sha256,
        "license": {"@id": terms.address if terms else own},
    }
    if terms:
        entity["copyrightNotice"] = f"{terms.source}. {terms.notice}".strip()
    kind = FORMATS.get(Path(record.file).suffix)
    if kind:
        entity["encodingFormat"] = kind
    if record.table in MEANINGS:
        entity["description"] = MEANINGS[record.table]
    return entity
