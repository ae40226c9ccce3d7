"""The JSON-LD of every page against schema.org's vocabulary, as msgspec-schemaorg has it, and against JSON-LD itself.

A type must be one of the vocabulary's, a property one that the type has, and a value one that the property may have.
"""

import functools
import importlib
import json
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec_schemaorg.models
import pytest
from pyld import jsonld

import built

SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
SCALARS: dict[str, type | tuple[type, ...]] = {
    "str": str, "URL": str, "date": str, "datetime": str, "int": int, "float": (int, float), "bool": bool}
"""What plain values a property may have, by their names in the vocabulary's annotations."""

USED = {"Article", "Book", "BreadcrumbList", "CollectionPage", "CreativeWork", "Dataset", "Report", "WebPage",
        "WebSite"}
"""Types that the project's pages must have between them."""


@functools.cache
def types() -> dict[str, type]:
    """The types of the vocabulary by name."""
    found = {}
    package = msgspec_schemaorg.models
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not module.ispkg:
            name = module.name.rpartition(".")[2]
            found[name] = getattr(importlib.import_module(module.name), name)
    return found


@functools.cache
def accepted(kind: str) -> dict[str, frozenset[str]]:
    """The properties of a type, inherited ones too, each with the names of what it may be."""
    return {name: frozenset(re.findall(r"\w+", str(annotation)))
            for holder in reversed(types()[kind].__mro__) if holder.__module__.startswith("msgspec_schemaorg.models")
            for name, annotation in vars(holder).get("__annotations__", {}).items()}


def faults(node: dict[str, Any], known: dict[str, str]) -> Iterator[str]:
    """What is wrong with a node; ``known`` are the types of the nodes that others refer to, by their ids."""
    kind = node.get("@type")
    if kind not in types():
        yield f"there is no type {kind}"
        return
    for name, value in node.items():
        if name in ("@id", "@type"):
            continue
        if name not in accepted(kind):
            yield f"{kind} has no {name}"
            continue
        for part in value if isinstance(value, list) else [value]:
            yield from _faults(f"{kind}.{name}", part, accepted(kind)[name], known)


def _faults(place: str, value: Any, wanted: frozenset[str], known: dict[str, str]) -> Iterator[str]:
    if not isinstance(value, dict):
        if place == "ListItem.item" and str(value).startswith("https://"):
            return  # the address of a thing stands for it, as search engines document it for crumbs
        if not any(isinstance(value, SCALARS[name]) for name in wanted & SCALARS.keys()):
            yield f"{place} may not be {value!r}"
        return
    kind = value.get("@type") or known.get(value.get("@id", ""))
    if kind is None:
        yield f"{place} refers to nothing: {value}"
        return
    if kind in types() and not any(
            name in types() and issubclass(types()[kind], types()[name]) for name in wanted):
        yield f"{place} may not be a {kind}"
    if "@type" in value:
        yield from faults(value, known)


def documents(site: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The JSON-LD of every page that has some."""
    for path in sorted(site.rglob("*.html")):
        for text in SCRIPT.findall(path.read_text(encoding="utf-8")):
            yield path.relative_to(site).as_posix(), json.loads(text)


def inside(node: Any) -> Iterator[dict[str, Any]]:
    """A node and all nodes in it."""
    if isinstance(node, dict):
        yield node
    for part in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from inside(part)


def check(document: dict[str, Any]) -> list[str]:
    known = {node["@id"]: node["@type"] for node in inside(document) if "@id" in node and "@type" in node}
    return [fault for node in document["@graph"] for fault in faults(node, known)]


def test_every_page_of_the_site_keeps_to_the_vocabulary(tmp_path_factory: pytest.TempPathFactory) -> None:
    found, used = {}, set()
    for name, document in documents(built.project(tmp_path_factory.getbasetemp())):
        assert document["@context"] == "https://schema.org"
        used |= {node["@type"] for node in inside(document["@graph"]) if "@type" in node}
        if wrong := check(document):
            found[name] = wrong
    assert found == {}
    assert used >= USED


@pytest.mark.parametrize(("node", "fault"), [
    ({"@type": "Artikel"}, "there is no type Artikel"),
    ({"@type": "Article", "isbn": "1"}, "Article has no isbn"),
    ({"@type": "Article", "author": 7}, "Article.author may not be 7"),
    ({"@type": "Article", "author": {"@type": "Place", "name": "x"}}, "Article.author may not be a Place"),
    ({"@type": "Article", "author": {"@id": "https://x.example/"}}, "Article.author refers to nothing"),
    ({"@type": "Article", "citation": [{"@type": "CreativeWork", "titel": "x"}]}, "CreativeWork has no titel"),
])
def test_what_the_vocabulary_does_not_know_is_found(node: dict[str, Any], fault: str) -> None:
    (said,) = check({"@graph": [node]})
    assert said.startswith(fault)


def test_every_page_is_json_ld_whose_names_are_all_resolved(tmp_path_factory: pytest.TempPathFactory) -> None:
    def load(address: str, _: dict[str, Any]) -> dict[str, Any]:
        assert address == "https://schema.org"
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": address,
                "document": {"@context": {"@vocab": "https://schema.org/"}}}

    number = 0
    for name, document in documents(built.four(tmp_path_factory.getbasetemp())):
        for node in inside(jsonld.expand(document, {"documentLoader": load})):
            number += 1
            for key in node:
                assert key.startswith(("@", "https://schema.org/")), name
            assert re.match(r"[a-z]+:", node.get("@id", "https:")), name
    assert number > 1000
