"""Types of ``geo.drawing.protocol`` for TypeScript: ``python -m tests.protocol_types``."""

import sys
import types
from collections.abc import Mapping
from typing import Any, Union, get_args, get_origin, get_type_hints, is_typeddict

from geo.drawing import protocol, protocol_columns

NAMES = {str: "string", int: "number", float: "number", bool: "boolean", type(None): "null"}


def written(hint: Any) -> str:  # noqa: ANN401
    """Write one type."""
    origin, inner = get_origin(hint), [written(one) for one in get_args(hint) if one is not ...]
    if origin is list:
        return f"({inner[0]})[]"
    if origin is tuple:
        return f"[{', '.join(inner)}]"
    if origin in (Union, types.UnionType):
        return " | ".join(inner)
    if origin in (dict, Mapping):
        return f"Record<{', '.join(inner)}>"
    return NAMES.get(hint) or (hint.__name__ if is_typeddict(hint) else "any")


def interfaces() -> str:
    """Write every dictionary that travels."""
    both = {**vars(protocol_columns), **vars(protocol)}
    found = [one for one in both.values() if is_typeddict(one)]
    return "\n".join(
        f"interface {one.__name__} {{\n"
        + "".join(
            f"  {key}{'' if key in one.__required_keys__ else '?'}: {written(hint)};\n"
            for key, hint in get_type_hints(one).items()
        )
        + "}\n"
        for one in found
    )


if __name__ == "__main__":
    sys.stdout.write(interfaces())
