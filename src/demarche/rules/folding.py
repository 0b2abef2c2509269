"""Values of expressions as far as they can be known without running them: which fields they rest on, and constants."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

Names = frozenset[str]


@dataclass(frozen=True)
class Value:
    """What an expression rests on.

    Parameters
    ----------
    fields
        Fields that it is computed from.
    const
        Its value if it is the same number everywhere, else None.
    alias
        Fields of which it may be the array itself or a part, so that writing to it writes to them.
    items
        Values of its parts if it is a tuple.
    is_world
        It is the world of a rule: attributes of it are fields.
    """

    fields: Names = frozenset()
    const: float | None = None
    alias: Names = frozenset()
    items: tuple[Value, ...] = ()
    is_world: bool = False


NOTHING = Value()


def joined(*values: Value) -> Value:
    """Return what may be any of some values or rests on all of them; a constant only if all are the same one."""
    constants = {value.const for value in values}
    items: tuple[Value, ...] = ()
    if values and len({len(value.items) for value in values}) == 1:
        items = tuple(joined(*parts) for parts in zip(*(value.items for value in values), strict=True))
    const = constants.pop() if len(constants) == 1 else None
    fields = frozenset().union(*(value.fields for value in values)) if const is None else frozenset()
    return Value(fields, const, frozenset().union(*(value.alias for value in values)), items)


def folded(operator: ast.operator, left: Value, right: Value) -> Value:
    """Return the value of an operation of two; what is nothing or one takes the other's place or takes it away."""
    whole = replace(joined(left, right), const=None, alias=frozenset(), items=())
    if left.const is not None and right.const is not None:
        known = _computed(operator, left.const, right.const)
        return whole if known is None else Value(const=known)
    plus, times = isinstance(operator, (ast.Add, ast.Sub)), isinstance(operator, ast.Mult)
    divides, power = isinstance(operator, ast.Div), isinstance(operator, ast.Pow)
    if left.const == 0.0 and (times or divides or isinstance(operator, ast.BitAnd)):
        return Value(const=0.0)
    if right.const == 0.0 and (times or isinstance(operator, ast.BitAnd)):
        return Value(const=0.0)
    if power and (left.const == 1.0 or right.const == 0.0):
        return Value(const=1.0)
    if (plus and right.const == 0.0) or (right.const == 1.0 and (times or divides or power)):
        return replace(left, alias=frozenset())
    if (isinstance(operator, ast.Add) and left.const == 0.0) or (times and left.const == 1.0):
        return replace(right, alias=frozenset())
    return whole


def _computed(operator: ast.operator, left: float, right: float) -> float | None:
    try:
        if isinstance(operator, ast.Add):
            return left + right
        if isinstance(operator, ast.Sub):
            return left - right
        if isinstance(operator, ast.Mult):
            return left * right
        if isinstance(operator, ast.Div):
            return left / right
        return float(left**right) if isinstance(operator, ast.Pow) else None
    except (ArithmeticError, TypeError):
        return None


_FOLDED: dict[str, Callable[[float], float]] = {
    "log": math.log, "exp": math.exp, "exp2": lambda x: 2.0**x, "sqrt": math.sqrt, "abs": abs,
    "asarray": lambda x: x, "float": lambda x: x, "broadcast_to": lambda x: x,
}  # fmt: skip
KEEPS_NOTHING = ("sum", "max", "min", "any", "all", "mean", "copy", "astype", "cumsum")


def called(name: str, owner: Value, given: Sequence[Value], by_name: Mapping[str, Value]) -> Value:
    """Return the value of a call to something that is not read itself, such as a function of NumPy."""
    whole = replace(joined(owner, *given, *by_name.values()), const=None, alias=frozenset(), items=())
    first = given[0].const if given else None
    if name in _FOLDED and first is not None:
        try:
            return Value(const=_FOLDED[name](first))
        except ValueError:
            return whole
    if name in ("power", "float_power") and len(given) == 2:
        return folded(ast.Pow(), given[0], given[1])
    if name == "where" and len(given) == 3 and given[1].const is not None and given[1].const == given[2].const:
        return Value(const=given[1].const)
    if name in ("minimum", "maximum") and len(given) == 2 and None not in (given[0].const, given[1].const):
        return joined(*given) if given[0].const == given[1].const else whole
    if name in KEEPS_NOTHING and owner.const == 0.0:
        return Value(const=0.0)
    if name in ("view", "reshape", "ravel"):
        return replace(whole, alias=owner.alias)
    return whole
