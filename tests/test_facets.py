"""Countries lie in their regions, wherever the two are shown together."""

from safecities.facets import Option, nested

EUROPE, AMERICA = Option("155", "Western Europe", 3), Option("005", "South America", 1)
FRANCE, AUSTRIA, CHILE = Option("FR", "France", 2), Option("AT", "Austria", 1), Option("CL", "Chile", 1)
NOWHERE = Option("ZZ", "Somewhere", 1)


def test_each_country_stands_once_under_its_region_in_the_order_given() -> None:
    assert nested([EUROPE, AMERICA], [FRANCE, CHILE, AUSTRIA]) == [(EUROPE, [FRANCE, AUSTRIA]), (AMERICA, [CHILE])]


def test_a_country_that_no_region_holds_is_not_lost() -> None:
    assert nested([EUROPE], [FRANCE, NOWHERE, CHILE]) == [(EUROPE, [FRANCE]), (None, [NOWHERE, CHILE])]
    assert nested([], [NOWHERE]) == [(None, [NOWHERE])]
    assert nested([EUROPE], []) == [(EUROPE, [])]
    assert nested([], []) == []
