"""Draw the rooms of `geo/` in docs/architecture.md, from the imports: `python -m docs.rooms`."""

from pathlib import Path
from typing import Final

import grimp
import networkx as nx

PAGE: Final = Path(__file__).with_name("architecture.md")
START: Final = "<!-- drawn by docs/rooms.py -->"
END: Final = "<!-- end -->"
GROUND: Final = frozenset(
    {"cluster", "errors", "faults", "formats", "journal", "refusals", "wording"}
)


def room(module: str) -> str:
    """Name the room of a module: `geo.atlas.load` is in `atlas`, what is at the ground in one."""
    name = module.split(".")[1] if "." in module else ""
    return "ground" if name in GROUND else name


def rooms() -> "nx.DiGraph[str]":
    """
    Gather the imports by room.

    Returns
    -------
    graph
        An arrow for each pair of rooms, without those that others imply.
    """
    graph = grimp.build_graph("geo")
    found: nx.DiGraph[str] = nx.DiGraph()
    for module in sorted(graph.modules):
        for used in sorted(graph.find_modules_directly_imported_by(module)):
            ends = room(module), room(used)
            if all(ends) and ends[0] != ends[1]:
                found.add_edge(*ends)
    found.remove_nodes_from(["__main__"])
    return nx.transitive_reduction(found)


def drawing() -> str:
    """Write the drawing for Mermaid."""
    arrows = sorted(f"    {user} --> {used}" for user, used in rooms().edges)
    return "\n".join(["```mermaid", "graph TD", *arrows, "```"])


def drawn(page: str) -> str:
    """Put the drawing of today in the place of the last one."""
    before, rest = page.split(START)
    return f"{before}{START}\n{drawing()}\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    PAGE.write_text(drawn(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
