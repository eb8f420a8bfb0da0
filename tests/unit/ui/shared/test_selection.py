"""The view state and its address."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from geo.ui.shared.selection import (
    BACKGROUNDS,
    CODEC,
    DEFAULT,
    LAYERS,
    SITE_LEVELS,
    Choices,
    Selection,
    choices_of,
    choose_area,
    choose_commune,
    choose_region,
    choose_site,
    layers_in_order,
    read_selection,
    to_parameters,
)
from tests import builders

CHOICES = Choices(
    regions={"44": "Grand Est", "53": "Bretagne"},
    measures={"population": "Population", "area_km2": "Superficie"},
    areas={"GE-06": "Aube et Sézannais", "BRE-05": "Haute Bretagne", "NON-AFFECTE": "Reste"},
    area_regions={"GE-06": "44", "BRE-05": "53", "NON-AFFECTE": None},
    communes={"10323": "GE-06", "10387": "GE-06", "35238": "BRE-05", "29155": "NON-AFFECTE"},
    sites={"100000017": "GE-06", "350005179": "BRE-05", "750000001": None},
)


def test_an_empty_address_is_the_default_view() -> None:
    assert read_selection({}, CHOICES) == (DEFAULT, ())
    assert to_parameters(DEFAULT) == {}


@given(
    region=st.sampled_from([None, *CHOICES.regions]),
    measure=st.sampled_from(list(CHOICES.measures)),
    area=st.sampled_from([None, *CHOICES.areas]),
    commune=st.sampled_from([None, *CHOICES.communes]),
    site=st.sampled_from([None, *CHOICES.sites]),
    sites=st.sampled_from(SITE_LEVELS),
    method=st.sampled_from(["quantiles", "naturelles", "egales"]),
    over=st.sets(st.sampled_from(LAYERS)),
    under=st.sampled_from(BACKGROUNDS),
)
def test_a_view_written_in_an_address_is_read_back(  # noqa: PLR0913, PLR0917
    region: str | None,
    measure: str,
    area: str | None,
    commune: str | None,
    site: str | None,
    sites: str,
    method: str,
    over: set[str],
    under: str,
) -> None:
    layers = layers_in_order(over)
    asked = Selection(measure=measure, sites=sites, method=method, layers=layers, background=under)
    view = choose_area(choose_region(asked, region, CHOICES), area, CHOICES)
    view = choose_site(choose_commune(view, commune, CHOICES), site, CHOICES)
    assert read_selection(to_parameters(view), CHOICES) == (view, ())


@given(st.dictionaries(st.one_of(st.sampled_from(sorted(CODEC.names())), st.text()), st.text()))
def test_any_address_gives_a_valid_view(parameters: dict[str, str]) -> None:
    view, notices = read_selection(parameters, CHOICES)
    assert read_selection(to_parameters(view), CHOICES) == (view, ())
    assert all(notices)


def test_a_wrong_value_falls_back_and_says_so() -> None:
    view, notices = read_selection({"territoire": "XX", "region": "44"}, CHOICES)
    assert view == Selection(region="44")
    assert notices == (
        "L'adresse demandait territoire = « XX », qui n'existe pas ici : choix ignoré.",
    )


def test_a_long_or_unknown_parameter_is_named_in_short() -> None:
    _, notices = read_selection({"territoire": "X" * 500, "a": "1", "b": "2"}, CHOICES)
    assert len(notices[0]) < 140
    assert notices[1] == "Paramètres inconnus dans l'adresse, ignorés : a, b."


def test_a_territory_outside_the_region_moves_the_filter_and_says_so() -> None:
    view, notices = read_selection({"region": "53", "territoire": "GE-06"}, CHOICES)
    assert view == Selection(region="44", area="GE-06")
    assert "Aube et Sézannais" in notices[0]


def test_choosing_a_region_forgets_a_territory_of_another_one() -> None:
    view = Selection(area="GE-06")
    assert choose_region(view, "53", CHOICES).area is None
    assert choose_region(view, "44", CHOICES).area == "GE-06"
    assert choose_region(view, None, CHOICES).area == "GE-06"


def test_choosing_a_territory_of_another_region_follows_it() -> None:
    view = Selection(region="53")
    assert choose_area(view, "GE-06", CHOICES) == Selection(region="44", area="GE-06")
    assert choose_area(view, "NON-AFFECTE", CHOICES).region is None
    assert choose_area(view, None, CHOICES) == view


def test_the_choices_are_those_of_the_data() -> None:
    choices = choices_of(builders.atlas(), {"population": "Population"})
    assert "GE-06" in choices.areas
    assert set(choices.area_regions) == set(choices.areas)


def test_an_old_link_names_a_territory_by_its_former_parameter() -> None:
    view, notices = read_selection({"ght": "GE-06"}, CHOICES)
    assert (view, notices) == (Selection(area="GE-06"), ())
    assert to_parameters(view) == {"territoire": "GE-06"}
    assert read_selection({"ght": "GE-06", "territoire": "BRE-05"}, CHOICES)[0].area == "BRE-05"
    _, notices = read_selection({"ght": "XX-99"}, CHOICES)
    assert notices == ("L'adresse demandait ght = « XX-99 », qui n'existe pas ici : choix ignoré.",)


def test_layers_are_written_in_short_and_read_in_any_order() -> None:
    assert to_parameters(Selection(layers=("noms", "communes"))) == {"calques": "noms,communes"}
    assert to_parameters(Selection(layers=())) == {"calques": "aucun"}
    view, notices = read_selection({"calques": " communes , noms,noms,"}, CHOICES)
    assert view.layers == ("noms", "communes")
    assert notices == ()


def test_an_unknown_layer_is_said_and_the_others_are_kept() -> None:
    view, notices = read_selection({"calques": "noms,routes,<b>", "fond": "mars"}, CHOICES)
    assert view == Selection(layers=("noms",))
    assert [notice.partition(" », ")[0] for notice in notices] == [
        "L'adresse demandait calques = « routes, <b>", "L'adresse demandait fond = « mars",
    ]  # fmt: skip
    assert read_selection({"calques": "routes"}, CHOICES)[0] == DEFAULT
    assert read_selection({"calques": " , "}, CHOICES) == (DEFAULT, ())


def test_a_commune_of_a_link_brings_its_territory() -> None:
    view, notices = read_selection({"commune": "10323"}, CHOICES)
    assert view == Selection(area="GE-06", commune="10323")
    assert notices == ()
    assert to_parameters(view) == {"territoire": "GE-06", "commune": "10323"}


def test_a_commune_of_a_link_wins_over_another_territory_or_region_and_says_so() -> None:
    asked = {"commune": "10323", "territoire": "BRE-05", "region": "53"}
    view, notices = read_selection(asked, CHOICES)
    assert view == Selection(region="44", area="GE-06", commune="10323")
    assert [notice.split(" : ")[0].split(". ")[0] for notice in notices] == [
        "La commune demandée est dans le territoire « Aube et Sézannais »",
        "Le territoire « Aube et Sézannais » n'est pas dans la région demandée",
    ]


def test_a_commune_or_a_site_that_does_not_exist_is_said() -> None:
    view, notices = read_selection({"commune": "99999", "site": "<b>"}, CHOICES)
    assert view == DEFAULT
    assert notices == (
        "L'adresse demandait commune = « 99999 », qui n'existe pas ici : choix ignoré.",
        "L'adresse demandait site = « <b> », qui n'existe pas ici : choix ignoré.",
    )


def test_choosing_a_commune_moves_the_region_filter_as_its_territory_does() -> None:
    view = choose_commune(Selection(region="53"), "10323", CHOICES)
    assert view == Selection(region="44", area="GE-06", commune="10323")
    assert choose_area(view, "GE-06", CHOICES).commune == "10323"
    assert choose_area(view, "BRE-05", CHOICES).commune is None
    assert choose_area(view, None, CHOICES).commune is None
    assert choose_region(view, "53", CHOICES).commune is None
    assert choose_commune(view, None, CHOICES) == Selection(region="44", area="GE-06")


def test_a_site_never_moves_what_is_chosen() -> None:
    site = "350005179"
    assert choose_site(DEFAULT, site, CHOICES) == Selection(area="BRE-05", site=site)
    for chosen in (Selection(area="GE-06"), Selection(region="44")):
        assert choose_site(chosen, site, CHOICES) == replace(chosen, site=site)
    assert choose_site(DEFAULT, "750000001", CHOICES) == Selection(site="750000001")
    assert choose_area(Selection(area="BRE-05", site=site), "GE-06", CHOICES).site is None
