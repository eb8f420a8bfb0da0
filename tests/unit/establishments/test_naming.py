"""Names of institutions and towns: what registers write, and what people read."""

import re

import pandas as pd
import pytest

from geo.atlas.load import Atlas
from geo.establishments.lexicon import Lexicon, name_key, town_keys
from geo.establishments.naming import institution_name, town_name
from geo.establishments.typesetting import (
    Lexicons,
    finess_departement,
    make_lexicons,
    typeset_members,
    typeset_sites,
)
from geo.sources.reading import CURATED
from tests import builders

CASES = [
    # Kinds of hospitals and the towns that name them
    ("10", "Troyes", "CENTRE HOSPITALIER DE TROYES", "CH de Troyes"),
    ("51", "Sézanne", "CENTRE HOSPITALIER DE SEZANNE", "CH de Sézanne"),
    ("51", "Reims", "CHU REIMS", "CHU de Reims"),
    ("72", "Le Mans", "CH LE MANS", "CH du Mans"),
    ("72", "Le Mans", "CENTRE HOSPITALIER DU MANS", "CH du Mans"),
    ("95", "Argenteuil", "CH ARGENTEUIL", "CH d'Argenteuil"),
    ("85", "Les Sables-d'Olonne", "CH LES SABLES D OLONNE", "CH des Sables-d'Olonne"),
    ("59", "Le Quesnoy", "CH LE QUESNOY", "CH du Quesnoy"),
    ("27", "Le Neubourg", "HL LE NEUBOURG", "Hôpital local du Neubourg"),
    ("10", "Bar-sur-Aube", "HOPITAL LOCAL BAR SUR AUBE", "Hôpital local de Bar-sur-Aube"),
    ("61", "L'Aigle", "CENTRE HOSPITALIER DE L'AIGLE", "CH de L'Aigle"),
    ("38", "La Tour-du-Pin", "CH DE LA TOUR DU PIN", "CH de La Tour-du-Pin"),
    ("80", "Amiens", "CENTRE HOSPITALIER UNIVERSITAIRE", "CHU d'Amiens"),
    ("45", "Orléans", "CH REGIONAL D'ORLEANS", "CHR d'Orléans"),
    ("59", "Wasquehal", "CH INTERCOMMUNAL WASQUEHAL", "CHI de Wasquehal"),
    ("94", "Créteil", "CENTRE HOSPITALIER INTERCOM DE CRETEIL", "CHI de Créteil"),
    ("06", "Nice", "CTRE HOSPITALIER UNIVERSITAIRE DE NICE", "CHU de Nice"),
    ("59", "Roubaix", "C.H DE ROUBAIX", "CH de Roubaix"),
    ("47", "Marmande", "C.H.I.C. MARMANDE - TONNEINS", "CHIC de Marmande – Tonneins"),
    ("32", "Mauvezin", "C.H. (EX H.L.) DE MAUVEZIN", "CH de Mauvezin"),
    ("10", "Romilly-sur-Seine", "CENTRE HOSPITALIER DE ROMILLY/SEINE", "CH de Romilly-sur-Seine"),
    ("09", "Tarascon-sur-Ariège", "C.H. TARASCON S/ARIEGE", "CH de Tarascon-sur-Ariège"),
    ("03", "Moulins", "CENTRE HOSPITALIER MOULINS YZEURE", "CH de Moulins-Yzeure"),
    ("11", "Limoux", "CH LIMOUX QUILLAN SITE DE LIMOUX", "CH de Limoux-Quillan site de Limoux"),
    ("81", "Castres", "IFSI IFAS DU CHIC CASTRES MAZAMET", "IFSI IFAS du CHIC de Castres-Mazamet"),
    ("74", "Annecy", "CH ANNECY-GENEVOIS", "CH Annecy-Genevois"),
    ("01", "Gex", "CH PAYS DE GEX", "CH du Pays de Gex"),
    ("88", "Raon-l'Étape", "HOPITAL LOCAL DE RAON L' ETAPE", "Hôpital local de Raon-l'Étape"),
    ("59", "Saint-Amand-les-Eaux", "CH SAINT- AMAND-LES-EAUX", "CH de Saint-Amand-les-Eaux"),
    # People, saints and places
    ("88", "Épinal", "CHI EMILE DURKHEIM EPINAL", "CHI Émile Durkheim d'Épinal"),
    ("71", "Chalon-sur-Saône", "CH WILLIAM MOREY CHALON SUR SAONE",
     "CH William Morey de Chalon-sur-Saône"),
    ("77", "Melun", "CENTRE HOSPITALIER MARC JACQUET MELUN", "CH Marc Jacquet de Melun"),
    ("75", "Paris", "CENTRE HOSPITALIER SAINTE ANNE", "CH Sainte-Anne"),
    ("36", "Valençay", "CH SAINT CHARLES DE VALENCAY", "CH Saint-Charles de Valençay"),
    ("51", "Reims", "CMP INFANTO  JUVENILE CHARLES PERRAULT",
     "CMP infanto-juvénile Charles Perrault"),
    ("56", "Caudan", "EPSM JEAN-MARTIN CHARCOT", "EPSM Jean-Martin Charcot"),
    ("01", "Belley", "CH DOCTEUR RÉCAMIER", "CH Docteur Récamier"),
    ("58", "Nevers", "CH PIERRE LÔO", "CH Pierre Lôo"),
    ("14", "Cricquebœuf", "CH COTE FLEURIE - SITE DE CRICQUEBOEUF",
     "CH Côte Fleurie – site de Cricquebœuf"),
    ("26", "Montéléger", "CH DROME-VIVARAIS - MAS", "CH Drôme-Vivarais – MAS"),
    ("74", "La Roche-sur-Foron", "EPSM DE LA VALLÉE DE L'ARVE", "EPSM de la Vallée de l'Arve"),
    ("64", "Bayonne", "CENTRE HOSPITALIER DE LA COTE BASQUE", "CH de la Côte basque"),
    ("82", "Nègrepelisse", "CH TURENNE", "CH Turenne"),
    ("69", "Lyon", "HOSPICES CIVILS DE LYON", "Hospices civils de Lyon"),
    ("49", "Chalonnes-sur-Loire", "HOPITAL CORNICHE ANGEVINE À CHALONNES",
     "Hôpital Corniche Angevine à Chalonnes"),
    ("77", "Jossigny", "grand hopital de l'est francilien", "Grand hôpital de l'est francilien"),
    ("77", "Fontainebleau", "CH sud seine et marne", "CH sud Seine-et-Marne"),
    # Houses, services, schools, groupings
    ("10", "Troyes", 'EHPAD "LES TILLEULS"', "EHPAD Les Tilleuls"),
    ("08", "Saint-Germainmont", 'EHPAD " LINARD"', "EHPAD Linard"),
    ("08", "Charleville-Mézières", '"CMP-CATTP ""LES TOURNELLES"""', "CMP-CATTP Les Tournelles"),
    ("62", "Saint-Pol-sur-Ternoise", "EHPAD \"L'OASIS\"", "EHPAD L'Oasis"),
    ("30", "Montfrin", "EHPAD MONTFRIN", "EHPAD de Montfrin"),
    ("37", "Tours", "EHPAD L ERMITAGE DU CHRU DE TOURS", "EHPAD L'Ermitage du CHRU de Tours"),
    ("78", "Houdan", "EHPA D HOUDAN", "EHPA d'Houdan"),
    ("36", "Le Blanc", "SSIAD CH LE BLANC", "SSIAD CH du Blanc"),
    ("75", "Paris 7e", "CLINIQUE DE L ALMA", "Clinique de l'Alma"),
    ("38", "Grenoble", "HJ PETITE ENFANCE GRENOBLE", "HJ petite enfance de Grenoble"),
    ("33", "Biganos", "HOPITAL DE JOUR ENFANTS DE BIGANOS", "Hôpital de jour enfants de Biganos"),
    ("61", "Alençon", "HOSPITALISATION A DOMICILE", "Hospitalisation à domicile"),
    ("33", "Bordeaux", "ECOLE DE SAGES FEMMES", "École de sages-femmes"),
    ("67", "Bischwiller", "INSTITUT DE FORMATION AIDES SOIGNANTS",
     "Institut de formation aides-soignants"),
    ("14", "Lisieux", "GIE IRM DU PAYS D'AUGE", "GIE IRM du Pays d'Auge"),
    ("42", "Saint-Pierre-de-Bœuf", "SSIAD SAINT PIERRE DE BOEUF",
     "SSIAD de Saint-Pierre-de-Bœuf"),
    ("13", "Marseille", "CENTRE DE FORMATION DE L'HOPITAL NORD",
     "Centre de formation de l'hôpital Nord"),
    ("75", "Paris 12e", "USLD EST PARISIEN SITE ROTHSCHILD APHP",
     "USLD Est Parisien site Rothschild AP-HP"),
    ("84", "Bollène", "EHPAD LES ALLEES DE CHABRIERES", "EHPAD Les Allées de Chabrières"),
    ("97", "Rivière-Salée", "A.T.I.R - U.A.D. 4", "ATIR – UAD 4"),
    ("22", "Pabu", "CENTRE DE FORMATION C.H. GUINGAMP", "Centre de formation CH de Guingamp"),
    ("75", "Paris 19e", "HOPITAL FONDATION A DE ROTHSCHILD",
     "Hôpital Fondation A de Rothschild"),
    ("18", "Bourges", "HDJ CMP ADULTES - G07", "HDJ CMP adultes – G07"),
    # What cannot be read only loses its capitals
    ("10", "Troyes", "GCS GUYASIS", "GCS Guyasis"),
    ("10", "Troyes", "SCP BERTHOUT MOFID", "SCP Berthout Mofid"),
    ("10", "Troyes", "123 456", "123 456"),
    ("10", "Troyes", "CENTRE HOSPITALIER DE", "CH de Troyes"),
]  # fmt: skip
ACRONYM = re.compile(r"[A-Z]{5,}")


@pytest.fixture(scope="module")
def lexicons(atlas: Atlas) -> Lexicons:
    """Return the lexicons, with the communes of the bundle in place of the official code."""
    held = atlas.communes[["included_codes", "included_names"]].dropna()
    parts = pd.DataFrame(
        {
            "insee_code": held.included_codes.str.split(";").explode(),
            "commune_name": held.included_names.str.split(";").explode(),
        }
    )
    communes = pd.concat([atlas.communes[["insee_code", "commune_name"]], parts])
    words = pd.read_csv(CURATED / "name_words.csv", dtype="str")
    return make_lexicons(words, communes, atlas.departements, atlas.regions)


@pytest.mark.parametrize(("dep_code", "city", "raw", "name"), CASES)
def test_an_institution_is_written_as_the_french_do(
    lexicons: Lexicons, dep_code: str, city: str, raw: str, name: str
) -> None:
    lexicon = lexicons(dep_code)
    assert institution_name(raw, lexicon, city) == name
    assert institution_name(name, lexicon, city) == name, "written again, it stays"


@pytest.mark.parametrize(
    ("dep_code", "postal_code", "raw", "town"),
    [
        ("10", "10003", "TROYES CEDEX", "Troyes"),
        ("10", "10100", "ROMILLY SUR SEINE", "Romilly-sur-Seine"),
        ("88", "88100", "ST DIE DES VOSGES CEDEX 2", "Saint-Dié-des-Vosges"),
        ("75", "75012", "PARIS", "Paris 12e"),
        ("75", "75571", "PARIS CEDEX 12", "Paris"),
        ("75", "75116", "PARIS", "Paris 16e"),
        ("75", "", "PARIS 14E ARRONDISSEMENT", "Paris 14e"),
        ("69", "69001", "LYON", "Lyon 1er"),
        ("69", "69437", "LYON CEDEX 03", "Lyon"),
        ("13", "13013", "MARSEILLE", "Marseille 13e"),
        ("69", "69655", "VILLEFRANCHE SUR SAONE CED", "Villefranche-sur-Saône"),
        ("53", "53204", "CHATEAU GONTIER SUR MAYENN", "Château-Gontier-sur-Mayenne"),
        ("94", "94240", "L HAY LES ROSES", "L'Haÿ-les-Roses"),
        ("62", "62290", "NOEUX LES MINES", "Nœux-les-Mines"),
        ("04", "04140", "SEYNE LES ALPES", "Seyne les Alpes"),
        ("33", "33164", "LA TESTE CEDEX", "La Teste"),
    ],
)
def test_a_town_takes_its_official_form(
    lexicons: Lexicons, dep_code: str, postal_code: str, raw: str, town: str
) -> None:
    assert town_name(raw, lexicons(dep_code), postal_code) == town


def test_a_town_is_indexed_with_the_article_it_loses() -> None:
    assert town_keys(["Le Mans", "Les Mées"]) == {
        "LE MANS": "Le Mans",
        "DU MANS": "du Mans",
        "AU MANS": "au Mans",
        "LES MEES": "Les Mées",
        "DES MEES": "des Mées",
        "AUX MEES": "aux Mées",
    }


def test_a_common_noun_is_not_taken_for_a_town() -> None:
    lexicon = Lexicon({"HOPITAL": "hôpital"}, {"L HOPITAL": "L'Hôpital", "CURE": "Cure"}, {})
    assert lexicon.find("L HOPITAL") is None
    assert lexicon.find("CURE") == ("Cure", "town")


def test_the_departement_is_read_in_a_number() -> None:
    codes = pd.Series(["100000017", "2A0000014", "970302022", "980500003"])
    assert finess_departement(codes).to_list() == ["10", "2A", "973", "976"]


# The curated words


def test_each_word_is_written_once_under_its_key() -> None:
    words = pd.read_csv(CURATED / "name_words.csv", dtype="str")
    assert words.written.is_unique
    assert words.written.map(name_key).to_list() == words.written.to_list()
    assert words.typographic.notna().all()


# The bundled names


@pytest.mark.data
def test_bundled_names_have_the_marks_of_good_typography(atlas: Atlas) -> None:
    words = pd.read_csv(CURATED / "name_words.csv", dtype="str")
    curated = pd.read_csv(CURATED / "entity_names.csv", dtype="str")
    known = [*words.typographic, *curated.entity_name]
    acronyms = {word for text in known for word in ACRONYM.findall(text)}
    sites, members = atlas.establishments, atlas.members
    for name in pd.concat(
        [sites.site_name, sites.city, members.entity_name, members.city]
    ).dropna():
        assert name == name.strip(), name
        assert "  " not in name, name
        assert name == name.strip('"'), name
        assert "CEDEX" not in name.upper(), name
        bare = [w for w in re.findall(r"[^\W_]+", name) if w.isalpha() and w.isupper()]
        assert not [word for word in bare if len(word) > 4 and word not in acronyms], name


@pytest.mark.data
def test_names_of_the_register_written_twice_are_written_once(
    atlas: Atlas, lexicons: Lexicons
) -> None:
    sites = atlas.establishments.dropna(subset=["finess_name", "city"]).iloc[::10]
    for row, code in zip(sites.itertuples(), finess_departement(sites.finess_et), strict=True):
        once = institution_name(str(row.finess_name), lexicons(code), str(row.city))
        assert institution_name(once, lexicons(code), str(row.city)) == once


@pytest.mark.data
def test_the_name_of_the_register_stays_beside(atlas: Atlas) -> None:
    names = atlas.establishments.set_index("finess_et")
    assert names.finess_name["100000090"] == "CENTRE HOSPITALIER DE TROYES"
    assert names.site_name["100000090"] == "CH de Troyes"


# The tables


def test_names_are_written_and_those_of_the_register_kept(lexicons: Lexicons) -> None:
    sites = builders.sites(
        site_name=["CENTRE HOSPITALIER DE TROYES", None],
        city=["TROYES CEDEX", "ROMILLY SUR SEINE"],
        km=[0, 1],
        category_code=["355", "999"],
    )
    done = typeset_sites(sites, lexicons, {"355": "Centre hospitalier (CH)"})
    assert done.site_name.fillna("?").to_list() == ["CH de Troyes", "?"]
    assert done.finess_name.fillna("?").to_list() == ["CENTRE HOSPITALIER DE TROYES", "?"]
    assert done.city.to_list() == ["Troyes", "Romilly-sur-Seine"]
    assert done.category_label.to_list() == [
        "Centre hospitalier (CH)",
        "Centre Hospitalier (C.H.)",
    ], "an unknown category keeps the label of the register"
    same = [name for name in sites if name not in ("site_name", "finess_name", "city")]
    pd.testing.assert_frame_equal(
        done[same].drop(columns="category_label"), sites[same].drop(columns="category_label")
    )


def test_a_curated_name_of_a_member_wins(lexicons: Lexicons) -> None:
    members = builders.members(
        finess_ej=["100000017", "100000041"],
        entity_name=["CENTRE HOSPITALIER DE TROYES", "HOPITAL LOCAL BAR SUR AUBE"],
        city=["TROYES CEDEX", None],
    )
    done = typeset_members(members, lexicons, {"100000017": "CH de Troyes (Simone-Veil)"})
    assert done.entity_name.to_list() == [
        "CH de Troyes (Simone-Veil)",
        "Hôpital local de Bar-sur-Aube",
    ]
    assert done.city.fillna("?").to_list() == ["Troyes", "?"]


def test_each_curated_name_says_how_it_is_known() -> None:
    names = pd.read_csv(CURATED / "entity_names.csv", dtype="str")
    assert names.finess_ej.is_unique
    assert names.finess_ej.str.fullmatch(r"\d[\dAB]\d{7}").all()
    assert names.notna().all(axis=None)
    read = names[names.evidence == "published"]
    assert read.source.str.match(r"https?://\S+$").all()
    assert set(names.evidence) == {"published", "usage"}
