"""An indicator of a person's own: read with its unknowns, gathered as they say."""

import io
import math

import openpyxl
import pandas as pd
import pytest

from geo.atlas.load import Atlas
from geo.errors import GhtError
from geo.studies.indicator import AS_IS, MEAN, SUM, Indicator, by_area, indicator_table, likely
from geo.studies.indicator import read_indicator as read


def members(atlas: Atlas, area: str) -> pd.DataFrame:
    codes = atlas.assignments.insee_code[atlas.assignments.area_code == area]
    return atlas.communes[atlas.communes.insee_code.isin(codes)]


def csv(*rows: str) -> bytes:
    return "\n".join(rows).encode()


def test_units_unknowns_and_thousands_are_read_and_said(atlas: Atlas) -> None:
    content = csv(
        "Titre", "code_insee;Commune;Lits (nb);Taux (%);Note", "10387;Troyes;1 234;12,5;x",
        "1001;L'Abergement;n.d.;s;y", "99999;Nulle part;3;4;z", "51454;Reims;beaucoup;7;t",
    )  # fmt: skip
    found = read(atlas, "lits.csv", content)
    assert found.level == "commune"
    assert list(found.values.columns) == ["Lits (nb)", "Taux (%)"]
    lits = found.values["Lits (nb)"].to_dict()
    assert (lits["10387"], found.values["Taux (%)"].to_dict()["10387"]) == (1234, 12.5)
    assert math.isnan(lits["01001"]), "unknown is no zero"
    assert any("jamais comptées pour zéro : 2" in said for said in found.told)
    lines = found.lines.to_numpy().tolist()
    assert [line[0] for line in lines] == [5, 6]
    assert "Lits (nb)" in lines[1][2]
    assert likely("Lits (nb)") == ("Lits", "nb", SUM)
    assert likely("Taux (%)") == ("Taux", "%", MEAN)


def test_communes_are_summed_or_weighed_by_their_inhabitants(atlas: Atlas) -> None:
    table = members(atlas, "GE-06")
    rows = [f"{row.insee_code};{n % 3}" for n, row in enumerate(table.itertuples())]
    found = read(atlas, "z.csv", csv("commune;Maisons", *rows))
    total, known = by_area(atlas, found, "Maisons", SUM)
    numbers = [n % 3 for n in range(len(table))]
    assert total["GE-06"] == sum(numbers)
    assert known["GE-06"] == pytest.approx(100)
    assert pd.isna(total["GE-05"]), "no commune of it is in the file"
    mean, _ = by_area(atlas, found, "Maisons", MEAN)
    people = table.population.to_numpy(dtype="float64")
    assert mean["GE-06"] == pytest.approx((people * numbers).sum() / people.sum())


def test_a_mean_over_too_few_inhabitants_is_unknown(atlas: Atlas) -> None:
    smallest = members(atlas, "GE-06").nsmallest(3, "population").insee_code
    found = read(atlas, "z.csv", csv("commune;Taux", *(f"{code};5" for code in smallest)))
    mean, known = by_area(atlas, found, "Taux", MEAN)
    assert pd.isna(mean["GE-06"])
    assert 0 < known["GE-06"] < 50


def test_sites_are_gathered_by_the_territory_of_their_entity(atlas: Atlas) -> None:
    sites = atlas.establishments[atlas.establishments.area_code == "GE-06"].head(2)
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Lisez-moi"])
    sheet = book.create_sheet("Données")
    sheet.append(["FINESS", "commune", "Médecins (ETP)"])
    for number, code in enumerate(sites.finess_et, start=1):
        sheet.append([int(code), "x", number * 1.5])
    stream = io.BytesIO()
    book.save(stream)
    found = read(atlas, "m.xlsx", stream.getvalue())
    assert found.level == "site"
    assert "« Données »" in found.told[0]
    total, count = by_area(atlas, found, "Médecins (ETP)", SUM)
    assert (total["GE-06"], count["GE-06"]) == (4.5, 2)


def test_ghts_are_taken_by_code_or_name_and_contrary_rows_are_listed(atlas: Atlas) -> None:
    name = atlas.ghts.set_index("ght_code").ght_name["GE-05"]
    content = csv("GHT;Score", "GE-06;4", f"{name};5", "GE-05;6", "GE-02;7", "GE-02;7")
    found = read(atlas, "z.csv", content)
    values, known = by_area(atlas, found, "Score", AS_IS)
    assert values.to_dict() == {"GE-06": 4, "GE-02": 7}
    assert known.empty
    assert "GE-05" in found.lines.to_string()
    areas = atlas.territories
    shown = indicator_table(areas, Indicator("Score", "pt", "moi", "ght", AS_IS, values, known))
    assert shown.set_index("Code").loc["GE-06", "Score (pt)"] == 4
    assert shown["Score (pt)"].notna().sum() == 2


REFUSED = {
    "no code": (csv("a;b", "1;2"), "aucune colonne de communes"),
    "no number": (csv("commune;nom", "10387;Troyes"), "aucune colonne de nombres"),
    "no known row": (csv("commune;n", "99999;1"), "aucune ligne reconnue"),
    "empty": (b"", "aucune colonne"),
    "heading only": (csv("commune;n"), "aucune colonne de nombres"),
    "formulas": (csv("commune;n", '10387;"=HYPERLINK(1)"'), "aucune colonne de nombres"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_bad_table_is_refused_in_a_sentence(atlas: Atlas, case: str) -> None:
    content, said = REFUSED[case]
    with pytest.raises(GhtError, match=said):
        read(atlas, "z.csv", content)
    with pytest.raises(GhtError, match="format refusé"):
        read(atlas, "z.doc", content)
