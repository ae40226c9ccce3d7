"""Safe Cities Knowledge Base: from records in Markdown to a multilingual guidance site.

Data flows one way, and so do the imports::

    files - records - rules - catalogue -+- index    Whoosh: search from the terminal, nearest records
                                         +- search   shards and facet columns for the browser
                                         +- pages    an entry -> HTML blocks, through templates
                                         +- exports  JSON, CSV, JSON Schema
                                         +- press    shell + blocks -> site/

Only :mod:`safecities.plugin` knows MkDocs, only :mod:`safecities.index` knows Whoosh.
"""
