"""The keys of an experiment file and the kind of value of each; those of single designs come from their methods."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from demarche.experiment.design.find import PLAIN, AnyMethod, methods, own_keys
from demarche.experiment.design.parameters_from import MEDIANS, From
from demarche.reading.messages import model_schema
from demarche.reading.strict import Form, Schema, Strict, extended, unfit
from demarche.scenario.schema import parameter_keys, rule_schema, tidy_schema

MAX_REPLICATIONS = 100_000


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
    """A whole experiment file; `experiment_model` adds the keys of single designs."""

    scenario: str = Field(
        description="path of the scenario file, relative to this file",
        examples=["../scenarios/quiet_or_vocal.yaml"],
    )
    replications: Annotated[int, Field(ge=1, le=MAX_REPLICATIONS)] = Field(
        default=1, description="runs of each arm, account and point", examples=["100"]
    )
    seed: Annotated[int, Field(ge=0)] = Field(description="from which all luck follows", examples=["1995"])
    vary: dict[str, VaryFile] = Field(
        default={}, min_length=1, description="parameter path -> values or range"
    )
    vary_rules: list[str] = Field(
        default=[], min_length=1,
        description="rules or families: each of their uncertainties is sampled from its whole range",
    )  # fmt: skip
    design: str = PLAIN
    parameters: From = Field(
        default=MEDIANS,
        description="where uncertain parameters have their values from: the medians of the accounts, draws of the "
        "prior, or of the posterior that a record left; if left out the prior where there are draws, else the medians",
    )
    arms: list[str] = Field(default=[], min_length=1, description="arms to run; all if left out")
    accounts: list[str] = Field(default=[], min_length=1, description="accounts to run; all if left out")
    figures: list[str] = Field(default=[], description="figures to draw; all that can be drawn if left out")
    record: RecordFile = Field(default=RecordFile(), description="tables to keep")
    quick_of: Annotated[int, Field(ge=0)] = Field(
        default=0, description="draws or replications of the whole experiment, of which this runs fewer for a class"
    )
    notes: str = Field(default="", max_length=10_000, description="anything a reader should know")


    @property
    def asked(self) -> AnyMethod:
        """The design that the file names, or implies by a key that only one has."""
        given = self.model_fields_set
        implied = [one for one in methods().values() if one.implied_by in given] if "design" not in given else []
        return implied[0] if implied else methods()[self.design]

    @property
    def holds_draws(self) -> bool:
        """Tell whether it lays out draws, but wants them at the medians: nothing but luck differs then."""
        return "parameters" in self.model_fields_set and self.parameters == MEDIANS and not self.asked.shares_luck

    @property
    def method(self) -> AnyMethod:
        """The design that lays out its points."""
        return methods()[PLAIN] if self.holds_draws else self.asked

    @property
    def runs(self) -> int:
        """Runs of each arm, account and point; of draws at the medians all lucks of all draws."""
        runs = int(getattr(self, self.asked.runs_key))
        return runs * int(getattr(self, self.asked.implied_by)) if self.holds_draws else runs


@cache
def experiment_model() -> type[ExperimentFile]:
    """Return the model of an experiment file with the names of all designs and the keys of each."""
    keys = {name: (field.annotation, field) for name, field in own_keys().items()}
    names: Form = Literal[tuple(methods())]
    design = names, Field(default=PLAIN, description="how points are laid out")
    return extended(ExperimentFile, "Experiment", {"design": design, **keys})


def experiment_schema(figures: Iterable[str] = ()) -> Schema:
    """Return the JSON Schema of experiment files, with accounts, rules, parameters and the names of figures listed."""
    from demarche.accounts.packaged import packaged_accounts
    from demarche.rules.contract import FAMILIES

    schema = tidy_schema(model_schema(experiment_model()), "Demarche experiment")
    keys, parts = schema["properties"], schema["$defs"]
    own = {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"}
    keys["accounts"]["items"] = {"anyOf": [{"enum": list(packaged_accounts())}, own]}
    if names := list(figures):
        keys["figures"]["items"] = {"enum": names}
    keys["vary_rules"]["items"] = rule_schema(*FAMILIES)
    keys["vary"].update(parameter_keys({"$ref": "#/$defs/VaryFile"}))
    parts["VaryFile"]["oneOf"] = [{"required": ["values"]}, {"required": ["range"]}]
    schema["allOf"] = [
        {"if": {"properties": {"design": {"const": name}}, "required": ["design"]}, "then": _of_method(method)}
        for name, method in methods().items()
    ]
    schema["oneOf"] = [{"required": list(keys)} for keys in dict.fromkeys(map(_runs_of, methods().values()))]
    return schema


def _runs_of(method: AnyMethod) -> tuple[str, ...]:
    """Return the keys without which nobody knows how many runs there are."""
    return (method.runs_key,) if method.runs_key not in method.needs else method.needs


def _of_method(method: AnyMethod) -> Schema:
    """Return what the schema demands of a file with some design: keys that must and that must not be there."""
    strange = [key for key in own_keys() if key not in method.takes]
    strange += [] if method.varies else ["vary", "vary_rules"]
    return {"required": list(method.needs), "properties": dict.fromkeys(strange, False)}
