"""Keys: what each file of the site depends on, as a digest; if it is the same, the file is the same.

In: the catalogue. Out: digests. Texts come in by the digests of their files. What all files depend on (this program,
templates, vocabularies, mkdocs.yml) is in :func:`common`; shells have keys of their own.
"""

import functools
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from safecities.cache import digest
from safecities.catalogue import Catalogue, Entry, Guidance, Page
from safecities.records import content_files
from safecities.site import ADDRESS_FOLDERS, Site
from safecities.templates import template_folders


def common(site: Site) -> str:
    """What every file of a site depends on, beside this program itself."""
    named = [site.root / "mkdocs.yml", *content_files(site.root / "vocabularies")]
    for folder in template_folders(site):
        named += sorted(path for path in folder.rglob("*") if path.is_file())
    return digest(*(f"{path}\0{digest(path.read_bytes().decode('latin-1'))}" for path in named))


def docs(site: Site) -> str:
    """Everything in the folder of guidance pages, by size and time of change: there may be large pictures."""
    return digest(*_states(path for path in sorted(site.docs_dir.rglob("*")) if path.is_file()))


def _states(paths: Iterable[Path]) -> Iterator[str]:
    for path in paths:
        status = path.stat()
        yield f"{path}\0{status.st_size}\0{status.st_mtime_ns}\0{status.st_ctime_ns}"


class Keys:
    """The keys of one catalogue, each worked out once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._default = catalogue.site.default
        self._faces = {lang: {id(page): self._face(page, lang) for page in self._pages()}
                       for lang in catalogue.site.tags}
        self._all_faces = {lang: digest("faces", lang, *(faces[id(page)] for page in self._pages()))
                           for lang, faces in self._faces.items()}
        self._facts = {kind: digest("facts", kind, *(part for entry in catalogue.of_kind(kind) for part in (
            entry.id, entry.original.source.front_digest, " ".join(entry.related), " ".join(entry.cited_in))))
            for kind in ADDRESS_FOLDERS}
        self._texts: dict[str, dict[int, str]] = {lang: {} for lang in catalogue.site.tags}
        self._around: dict[str, tuple[str, list[int]]] = {}

    def _face(self, page: Page, lang: str) -> str:
        text = page.text(lang, self._default)
        return digest(page.id, page.original.source.front_digest, text.lang, text.source.front_digest)

    def face(self, page: Page, lang: str) -> str:
        """What a row, a box or a link shows of a page of the catalogue: all but its body."""
        return self._faces[lang][id(page)]

    def text(self, page: Page, lang: str) -> str:
        """All of a page's text: what search knows of it."""
        texts = self._texts[lang]
        if id(page) not in texts:
            body = page.body(lang, self._default)
            texts[id(page)] = digest(self.face(page, lang), body.lang, body.source.body_digest)
        return texts[id(page)]

    def record(self, entry: Entry, lang: str, related: Sequence[tuple[str, Iterable[tuple[str, str]]]]) -> str:
        """The page of a record: the record, ``related`` ones and why they are, links to guidance."""
        if entry.id not in self._around:
            self._around[entry.id] = self._about(entry, related)
        told, pages = self._around[entry.id]
        faces = self._faces[lang]
        own = self.text(entry, lang), *self._changed(entry, lang)
        return "\0".join((lang, *own, told, *[faces[at] for at in pages]))

    def _about(self, entry: Entry, related: Sequence[tuple[str, Iterable[tuple[str, str]]]]) -> tuple[str, list[int]]:
        """What a record's pages say in all languages of others, and these others."""
        entries, guidance = self._catalogue.entries, self._catalogue.guidance
        told = " ".join((*entry.texts, *(f"{kind} {value}" for _, reasons in related for kind, value in reasons)))
        return told, [*(id(entries[name]) for name, _ in related), *(id(guidance[name]) for name in entry.cited_in)]

    def relations(self) -> str:
        """Which records belong together: by all that records say in the default language, bodies left out."""
        site = self._catalogue.site
        return digest("relations", self._default, *map(self.facts, ADDRESS_FOLDERS), self.faces(self._default),
                      *(page.text(self._default, self._default).source.body_digest
                        for page in self._catalogue.guidance.values()),
                      *(f"{path.name} {digest(path.read_bytes().decode('latin-1'))}"
                        for path in content_files(site.root / "vocabularies")))

    def _changed(self, entry: Entry, lang: str) -> tuple[str, ...]:
        """The days that the notice on a stale translation names."""
        text = entry.text(lang, self._default)
        return tuple(str(self._catalogue.days.get(path)) for path in (entry.original.path, text.path)
                     ) if text.stale else ()

    def listed(self, name: str, lang: str, entries: Iterable[Entry]) -> str:
        """A list of records; their order follows from their titles."""
        return digest("list", name, lang, *(self.face(entry, lang) for entry in entries))

    def faces(self, lang: str) -> str:
        """All records and guidance pages of a language, without their bodies."""
        return self._all_faces[lang]

    def states(self, lang: str) -> str:
        """What editors ask of all texts in all languages: which there are, whether they are stale or have a body."""
        return digest("states", self.faces(lang), self._all_states)

    @functools.cached_property
    def _all_states(self) -> str:
        return digest(*(part for page in self._pages() for text in page.texts.values()
                        for part in (text.path, text.source.front_digest, str(text.stale), str(text.has_body))))

    def texts(self, lang: str) -> str:
        """All records and guidance pages of a language with their bodies."""
        return digest("texts", lang, *(self.text(page, lang) for page in self._pages()))

    def facts(self, kind: str) -> str:
        """What the records of a kind say apart from prose, links both ways included."""
        return self._facts[kind]

    def whole(self, entry: Entry) -> str:
        """All that a record says, in all languages."""
        return digest("whole", entry.id, " ".join(entry.related), " ".join(entry.cited_in), *(
            part for text in entry.texts.values()
            for part in (text.lang, text.source.front_digest, text.source.body_digest, str(text.stale))))

    def addresses(self) -> str:
        """Which pages there are, in which languages."""
        return digest("addresses", *map(self.facts, ADDRESS_FOLDERS),
                      *(f"{page.id} {' '.join(page.texts)}" for page in self._pages()))

    def frame(self) -> str:
        """What guidance pages and shells depend on beside their own files: any record may stand among related ones."""
        return digest("frame", docs(self._catalogue.site), *map(self.faces, self._catalogue.site.tags),
                      *self._days())

    def _days(self) -> Iterator[str]:
        """The days that notices on guidance pages name."""
        for page in self._catalogue.guidance.values():
            for text in page.texts.values():
                if text.stale:
                    yield from (str(self._catalogue.days.get(path)) for path in (page.original.path, text.path))

    def _pages(self) -> Iterator[Entry | Guidance]:
        yield from self._catalogue.guidance.values()
        yield from self._catalogue.entries.values()
