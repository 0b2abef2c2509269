"""The keys of an experiment file, the kind of value of each, and which keys each design takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from demarche.reading.messages import model_schema
from demarche.reading.strict import Strict, unfit
from demarche.scenario.schema import parameter_keys, tidy_schema

DesignName = Literal[
    "factorial", "grid", "list", "one_at_a_time", "latin_hypercube", "sobol", "saltelli", "morris", "ablation",
    "table",
]  # fmt: skip
FigureName = Literal["paths", "contrast", "releases", "votes", "packs"]

FIGURES: tuple[FigureName, ...] = ("paths", "contrast", "releases", "votes", "packs")
MAX_REPLICATIONS = 100_000
MAX_POINTS = 2**20
MAX_LEVELS = 1000
ALL_RULES = "all"


@dataclass(frozen=True)
class Method:
    """How a design lays out points, and what it asks of the file.

    Parameters
    ----------
    meaning
        What it does, for readers.
    needs, takes
        Keys that it cannot do without, and keys that it understands besides.
    varies
        Whether it lays out the parameters of `vary` and `vary_rules`.
    sweeps, samples
        Whether it can lay out lists of values, and ranges.
    power_of_two
        Key whose value must be a power of two, empty if there is none.
    """

    meaning: str
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    varies: bool = True
    sweeps: bool = True
    samples: bool = True
    power_of_two: str = ""


METHODS: Mapping[str, Method] = {
    "factorial": Method("every combination of the values", samples=False),
    "grid": Method("every combination; a range stands for `levels` equally spaced values", ("levels",)),
    "list": Method("first values together, second values together, and so on", samples=False),
    "one_at_a_time": Method("all as the pack has them, then one parameter moved at a time: values, or both ends"),
    "latin_hypercube": Method("each parameter once in each of `points` equal parts of its range", ("points",)),
    "sobol": Method("a scrambled Sobol' sequence of `points` points", ("points",), power_of_two="points"),
    "saltelli": Method(
        "`base_points` x (2 parameters + 2) points for Sobol' indices, x (parameters + 2) without second order",
        ("base_points",), ("second_order",), sweeps=False, power_of_two="base_points",
    ),
    "morris": Method("`trajectories` x (parameters + 1) points for elementary effects", ("trajectories",), ("levels",),
                     sweeps=False),
    "ablation": Method("nothing off, then the strength of one rule at 0 at a time", ("rules",), varies=False),
    "table": Method("the rows of a CSV file of your own", ("table",), varies=False),
}  # fmt: skip
"""Name of a design -> what it does and asks."""

OWN_KEYS = tuple(dict.fromkeys(key for method in METHODS.values() for key in (*method.needs, *method.takes)))
"""Keys of the file that belong to single designs."""

EXAMPLES: Mapping[str, str] = {
    "levels": "4", "points": "64", "base_points": "128", "trajectories": "20", "rules": "[all]", "table": "my_rows.csv",
}  # fmt: skip


class VaryFile(Strict):
    """How one parameter varies: swept over values, or sampled from a range."""

    values: list[float] = Field(default=[], min_length=1, description="values to sweep")
    range: list[float] = Field(default=[], min_length=2, max_length=2, description="lowest and highest value")

    @model_validator(mode="after")
    def _check(self) -> Self:
        if bool(self.values) == bool(self.range):
            raise unfit(
                "exactly one of 'values' and 'range' is needed", "{values: [0.2, 0.8]} or {range: [0, 1]}"
            )
        if self.range and not self.range[0] < self.range[1]:
            raise unfit("the range is empty", "the lower value first, then a higher one")
        return self


class RecordFile(Strict):
    """Which tables are kept besides runs and outcomes."""

    series: bool = Field(default=True, description="monthly series of every run")
    events: bool = Field(default=True, description="votes, releases, dialogue rounds and other events")


class ExperimentFile(Strict):
    """A whole experiment file."""

    scenario: str = Field(
        description="path of the scenario file, relative to this file",
        examples=["../scenarios/quiet_or_vocal.yaml"],
    )
    replications: Annotated[int, Field(ge=1, le=MAX_REPLICATIONS)] = Field(
        description="runs of each arm, pack and point", examples=["100"]
    )
    seed: Annotated[int, Field(ge=0)] = Field(description="from which all luck follows", examples=["1995"])
    vary: dict[str, VaryFile] = Field(
        default={}, min_length=1, description="parameter path -> values or range"
    )
    vary_rules: list[str] = Field(
        default=[], min_length=1,
        description="rules or families: each of their uncertainties is sampled from its whole range",
    )  # fmt: skip
    design: DesignName = Field(default="factorial", description="how points are laid out")
    points: Annotated[int, Field(ge=2, le=MAX_POINTS)] = Field(
        default=2, description="design points of a latin_hypercube or sobol design", examples=["64"]
    )
    base_points: Annotated[int, Field(ge=2, le=MAX_POINTS)] = Field(
        default=2, description="base sample of a saltelli design, a power of two", examples=["128"]
    )
    second_order: bool = Field(default=True, description="whether a saltelli design allows for pairs of parameters")
    trajectories: Annotated[int, Field(ge=2, le=MAX_POINTS)] = Field(
        default=2, description="trajectories of a morris design", examples=["20"]
    )
    levels: Annotated[int, Field(ge=2, le=MAX_LEVELS)] = Field(
        default=4, description="values that stand for a range in a grid or morris design", examples=["4"]
    )
    rules: list[str] = Field(
        default=[], min_length=1, description="rules or families that an ablation switches off in turn, or 'all'"
    )
    table: str = Field(
        default="", description="CSV file of a table design, relative to this file", examples=["my_rows.csv"]
    )
    arms: list[str] = Field(default=[], min_length=1, description="arms to run; all if left out")
    packs: list[str] = Field(default=[], min_length=1, description="packs to run; all if left out")
    figures: list[FigureName] = Field(default=list(FIGURES), description="figures to draw; all if left out")
    record: RecordFile = Field(default=RecordFile(), description="tables to keep")
    notes: str = Field(default="", max_length=10_000, description="anything a reader should know")


def experiment_schema() -> dict[str, Any]:
    """Return the JSON Schema of experiment files, with packs, rules and parameters listed."""
    from demarche.accounts.packs import PACKS
    from demarche.rules.contract import FAMILIES
    from demarche.rules.find import find_rules

    schema = tidy_schema(model_schema(ExperimentFile), "Demarche experiment")
    keys, parts = schema["properties"], schema["$defs"]
    rules = [*FAMILIES, *(rule.id for rule in find_rules())]
    keys["packs"]["items"] = {"enum": list(PACKS)}
    keys["vary_rules"]["items"] = {"enum": rules}
    keys["rules"]["items"] = {"enum": [ALL_RULES, *rules]}
    keys["vary"].update(parameter_keys({"$ref": "#/$defs/VaryFile"}))
    parts["VaryFile"]["oneOf"] = [{"required": ["values"]}, {"required": ["range"]}]
    schema["allOf"] = [
        {"if": {"properties": {"design": {"const": name}}, "required": ["design"]}, "then": _of_method(method)}
        for name, method in METHODS.items()
    ]
    return schema


def _of_method(method: Method) -> dict[str, Any]:
    """Return what the schema demands of a file with some design: keys that must and that must not be there."""
    strange = [key for key in OWN_KEYS if key not in (*method.needs, *method.takes)]
    strange += [] if method.varies else ["vary", "vary_rules"]
    return {"required": list(method.needs), "properties": dict.fromkeys(strange, False)}
