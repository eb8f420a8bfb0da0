"""Partnership records written in YAML: bounded before they are read, values as they were typed."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import yaml

from geo.errors import RefusedFileError

# The same rules, ten times faster where PyYAML was built with libyaml.
_BASE: Final[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
LONGEST: Final = 5_000_000  # characters: more than ten thousand partnerships
DEEPEST: Final = 20  # a record needs six
MOST_TOKENS: Final = 2_000_000
_OPENING: Final = (
    yaml.FlowSequenceStartToken,
    yaml.FlowMappingStartToken,
    yaml.BlockSequenceStartToken,
    yaml.BlockMappingStartToken,
)
_CLOSING: Final = (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken, yaml.BlockEndToken)
_REFUSED: Final = (yaml.AliasToken, yaml.AnchorToken, yaml.TagToken)
_NULL: Final = "tag:yaml.org,2002:null"


class TextLoader(_BASE):  # type: ignore[misc]  # chosen when the module is loaded
    """
    Reads texts, lists and mappings only.

    YAML would make a date of 2018-05-16, a number of 010780054, another of 1:30 and a minute of
    arithmetic of some longer ones. What is left empty, `~` and `null` are None.
    """

    def construct_mapping(self, node: yaml.MappingNode, *, deep: bool = False) -> dict[str, Any]:
        """Name fields by texts, whatever stands before the colon."""
        read: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        return {"" if key is None else str(key): value for key, value in read.items()}


TextLoader.add_implicit_resolver(_NULL, re.compile(r"(?:~|null|Null|NULL|)\Z"), ["~", "n", "N", ""])
TextLoader.add_constructor(_NULL, lambda *_: None)


def parse_yaml(text: str) -> list[tuple[Any, int]]:
    """
    Read a list of partnerships.

    Parameters
    ----------
    text
        A mapping with the list `partnerships` and, optionally, the mapping `sources`: key ->
        source, so that a source named by several partnerships is written once.

    Returns
    -------
    records
        What stands in the list, not checked, with the line where it starts. The keys of shared
        sources are replaced by the sources.

    Raises
    ------
    RefusedFileError
        Too long, too deep, with aliases, not YAML, or without the list.
    """
    if len(text) > LONGEST:
        raise RefusedFileError("long_yaml", LONGEST)
    try:
        _check_tokens(text)
        loader = TextLoader(text)
        try:
            root = loader.get_single_node()
            # On `deep`: without it, lists are filled later, by whoever asks for the next value.
            content = loader.construct_object(root, deep=True) if root is not None else None
        finally:
            loader.dispose()
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        place = getattr(error, "problem_mark", None)
        raise RefusedFileError("broken_yaml", place.line + 1 if place is not None else 0) from None
    listed = content.get("partnerships") if isinstance(content, Mapping) else None
    shared = content.get("sources") or {} if isinstance(content, Mapping) else {}
    if not isinstance(listed, list) or not isinstance(shared, Mapping):
        raise RefusedFileError("no_list")
    lines = _lines(root, len(listed))
    return [
        (_with_sources(record, shared), line) for record, line in zip(listed, lines, strict=True)
    ]


def _check_tokens(text: str) -> None:
    """
    Count what a text opens, while it is read piece by piece.

    libyaml calls itself once per level, and dies of 40,000 of them; an alias would let a small file
    grow without end in memory.
    """
    depth = 0
    for count, token in enumerate(_tokens(text)):
        if isinstance(token, _OPENING):
            depth += 1
        elif isinstance(token, _CLOSING):
            depth -= 1
        elif isinstance(token, _REFUSED):
            raise RefusedFileError("alias")
        if depth > DEEPEST:
            raise RefusedFileError("deep_yaml", DEEPEST)
        if count > MOST_TOKENS:
            raise RefusedFileError("long_yaml", LONGEST)


def _tokens(text: str) -> Iterator[yaml.Token]:
    tokens: Iterator[yaml.Token] = yaml.scan(text, _BASE)
    return tokens


def _lines(root: yaml.Node, count: int) -> list[int]:
    """Give the line where each partnership starts; its number when the list is written twice."""
    for key, node in root.value:
        is_list = key.value == "partnerships" and isinstance(node, yaml.SequenceNode)
        if is_list and len(node.value) == count:
            return [item.start_mark.line + 1 for item in node.value]
    return list(range(1, count + 1))


def _with_sources(record: Any, shared: Mapping[str, Any]) -> Any:  # noqa: ANN401 - untrusted
    """Put shared sources in the place of their keys; an unknown key stays, to be refused."""
    listed = record.get("sources") if isinstance(record, Mapping) else None
    if not isinstance(listed, list):
        return record
    known = {key: {"key": key, **s} for key, s in shared.items() if isinstance(s, Mapping)}
    sources = [known.get(item, item) if isinstance(item, str) else item for item in listed]
    return {**record, "sources": sources}
