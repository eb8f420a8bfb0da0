"""Names of a scatter: beside their points, apart, inside the frame."""

from geo.comparison.labels import Name, place


def test_a_name_goes_where_there_is_room() -> None:
    assert place([Name("Loire", 0.5, 0.5)], []) == ["right"]
    assert place([Name("Bouches-du-Rhône", 0.99, 0.5)], []) == ["left"]


def test_two_names_side_by_side_stay_apart() -> None:
    one, other = Name("Haute-Corse", 0.50, 0.5), Name("Corse-du-Sud", 0.52, 0.5)
    first, second = place([one, other], [])
    assert first != second
    assert first != "right", "the other point is there"


def test_as_few_points_as_possible_are_covered() -> None:
    points = [(0.55 + step / 100, 0.5) for step in range(5)]
    assert place([Name("Loire", 0.5, 0.5)], points) == ["left"]


def test_a_name_without_room_is_left_out_but_never_the_first() -> None:
    crowd = [Name("Aube et Sézannais", 0.5, 0.5)] * 12
    sides = place(crowd, [])
    assert sides[0]
    assert "" in sides
