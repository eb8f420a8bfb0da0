"""What an address holds, on any page: read with mistrust, written in short."""

from dataclasses import dataclass

from geo.atlas.resolve import Answer, Part
from geo.ui.shared.address import (
    GHT_PARAMETERS,
    LONGEST_TEXT,
    Codec,
    follow,
    follow_commune,
    free,
    number,
    said,
    word,
    words,
)


@dataclass(frozen=True)
class Meal:
    """A view for these tests."""

    dish: str | None = said("plat", None, old="mets")
    people: int = said("couverts", 2, number(1, 12))
    sides: tuple[str, ...] = said("avec", (), words(("riz", "pain")))
    is_hot: bool = said("froid", True, write=lambda _: "oui")
    note: str = said("mot", "", free)


CODEC = Codec(Meal())
DISHES = {"dish": word(("soupe",))}


def test_the_order_of_the_fields_is_that_of_the_address() -> None:
    view = Meal("soupe", 4, ("pain", "riz"), is_hot=False, note="vite")
    written = {"plat": "soupe", "couverts": "4", "avec": "pain,riz", "froid": "oui", "mot": "vite"}
    assert list(CODEC.write(view).items()) == list(written.items())
    assert CODEC.write(Meal()) == {}


def test_each_wrong_value_is_said_once_and_the_rest_is_kept() -> None:
    given = {"plat": "x" * 99, "couverts": "0" * 9_000 + "5", "avec": "riz, rien,riz,rien"}
    view, notices = CODEC.read(given, DISHES, lambda name, value: f"{name}={value}")
    assert view == Meal(sides=("riz",))
    assert notices == ("plat=" + "x" * 40, "couverts=" + "0" * 40, "avec=rien")


def test_a_former_name_is_read_and_never_written() -> None:
    view, notices = CODEC.read({"mets": " soupe "}, DISHES)
    assert (view, notices) == (Meal("soupe"), ())
    assert CODEC.write(view) == {"plat": "soupe"}
    _, (notice,) = CODEC.read({"mets": "gâteau"}, DISHES)
    assert "mets = « gâteau »" in notice
    assert {"plat", "mets"} < CODEC.names()


def test_what_a_person_typed_is_cut() -> None:
    assert len(CODEC.read({"mot": "a" * 999}, DISHES)[0].note) == LONGEST_TEXT


GONE = {"ARA-10": Part("ARA-22", "Rhône Centre", "Rhône Centre (ARA-10) fait partie de X (ARA-22)")}


def test_a_ght_that_is_gone_is_followed_wherever_an_address_names_one() -> None:
    given = dict.fromkeys(GHT_PARAMETERS, "ARA-10") | {"texte": "ARA-10", "page": "2"}
    led, notices = follow(given, GONE)
    assert led == dict.fromkeys(GHT_PARAMETERS, "ARA-22") | {"texte": "ARA-10", "page": "2"}
    assert notices == ("Rhône Centre (ARA-10) fait partie de X (ARA-22).",)


def test_the_other_codes_of_a_list_stay() -> None:
    led, notices = follow({"avec": "GE-06, ARA-10,zzz"}, GONE)
    assert led == {"avec": "GE-06,ARA-22,zzz"}
    assert len(notices) == 1
    assert follow({"avec": "GE-06, zzz"}, GONE) == ({"avec": "GE-06, zzz"}, ())


def test_a_commune_is_led_to_its_code_of_today_and_it_is_said() -> None:
    meant = {"75105": Answer("75056", "arrondissement, compté avec Paris", is_part=True)}.get

    def led(text: str) -> tuple[str, tuple[str, ...]]:
        given = {"commune": text, "fond": "ign"}
        found, said = follow_commune(given, {"75056"}, lambda code: meant(code, Answer()))
        assert found["fond"] == "ign"
        return found["commune"], said

    assert led("75056") == ("75056", ())
    assert led("75105") == (
        "75056",
        ("L'adresse demandait la commune « 75105 » : arrondissement, compté avec Paris.",),
    )
    assert led("<b>") == ("<b>", ())
    assert follow_commune({}, {"75056"}, lambda _: Answer()) == ({}, ())


def test_a_code_is_read_whatever_its_case() -> None:
    assert word({"GE-06"})("ge-06") == ("GE-06", [])
    assert word({"population"})("Population") == ("population", [])
    assert words({"GE-06", "GE-07"})("ge-06,GE-06,Ge-07,xx") == (("GE-06", "GE-07"), ["xx"])
