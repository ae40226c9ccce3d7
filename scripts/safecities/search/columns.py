"""The facets of a kind of record as columns, from which a browser filters and counts without asking anyone.

In: a :class:`~safecities.catalogue.Catalogue` and a kind. Out: plain data: ids in order (a record's number
is its place, the same as among its kind in the search index), per facet and value the numbers of its
records, and by number the year and the day of adding, for sorting, and
the first and last of its years, null where open.
"""

from collections import defaultdict
from collections.abc import Mapping

from safecities import facets
from safecities.catalogue import Catalogue
from safecities.search.postings import encode_numbers


def columns(catalogue: Catalogue, kind: str) -> Mapping[str, object]:
    """The columns of a kind as its file holds them."""
    entries = catalogue.of_kind(kind)
    found: dict[str, dict[str, list[int]]] = {}
    for facet in facets.of_kind(kind):
        values = found[facet.name] = defaultdict(list)
        for number, entry in enumerate(entries):
            for value in dict.fromkeys(facet.values(entry)):
                values[value].append(number)
    return {
        "ids": [entry.id for entry in entries],
        "facets": {name: {value: encode_numbers(numbers) for value, numbers in sorted(values.items())}
                   for name, values in found.items()},
        "year": [entry.year for entry in entries],
        "years": [entry.years and list(entry.years) for entry in entries],
        "added": [entry.fields.added.isoformat() for entry in entries],
    }
