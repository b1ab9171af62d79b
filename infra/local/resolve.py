"""CloudFormation's functions over what the laptop city knows."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from infra.local.kinds import Json

VARIABLE = re.compile(r"\$\{([^!{}][^{}]*)\}")


class UnknownNameError(Exception):
    """A name in template.yaml that stands for nothing on the laptop."""


@dataclass
class Names:
    """`refs`: what Ref gives, for parameters, pseudo parameters and resources; `attributes`: what Fn::GetAtt gives."""

    conditions: Mapping[str, Json] = field(default_factory=dict)
    refs: dict[str, Json] = field(default_factory=dict)
    attributes: dict[tuple[str, str], Json] = field(default_factory=dict)

    def resolve(self, value: Json) -> Json:
        if isinstance(value, list):
            return [self.resolve(item) for item in value]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            ((name, argument),) = value.items()
            if name in FUNCTIONS:
                return FUNCTIONS[name](self, argument)
        return {key: self.resolve(item) for key, item in value.items()}

    def ref(self, name: str) -> Json:
        if name not in self.refs:
            raise UnknownNameError(f"template.yaml refers to {name}: see infra/local/stack.py")
        return self.refs[name]

    def attribute(self, name: str, attribute: str) -> Json:
        if (name, attribute) not in self.attributes:
            raise UnknownNameError(f"template.yaml asks for {name}.{attribute}: see infra/local/stack.py")
        return self.attributes[name, attribute]

    def condition(self, argument: Json) -> bool:
        if isinstance(argument, str):
            return self.condition(self.conditions[argument])
        ((name, given),) = argument.items()
        return CONDITIONS[name](self, given)


def _get_att(names: Names, argument: Json) -> Json:
    name, attribute = argument.split(".", 1) if isinstance(argument, str) else argument
    return names.attribute(name, attribute)


def _sub(names: Names, argument: Json) -> str:
    text, given = (argument, {}) if isinstance(argument, str) else argument

    def value(match: re.Match[str]) -> str:
        name = match[1]
        if name in given:
            return str(names.resolve(given[name]))
        return str(names.attribute(*name.split(".", 1)) if "." in name else names.ref(name))

    return VARIABLE.sub(value, text).replace("${!", "${")


def _join(names: Names, argument: Json) -> str:
    return str(argument[0]).join(str(part) for part in names.resolve(argument[1]))


def _if(names: Names, argument: Json) -> Json:
    return names.resolve(argument[1] if names.condition(argument[0]) else argument[2])


FUNCTIONS: dict[str, Callable[[Names, Json], Json]] = {
    "Ref": Names.ref,
    "Fn::GetAtt": _get_att,
    "Fn::Sub": _sub,
    "Fn::Join": _join,
    "Fn::If": _if,
}

CONDITIONS: dict[str, Callable[[Names, Json], bool]] = {
    "Condition": Names.condition,
    "Fn::Equals": lambda names, given: bool(names.resolve(given[0]) == names.resolve(given[1])),
    "Fn::Not": lambda names, given: not names.condition(given[0]),
    "Fn::And": lambda names, given: all(names.condition(part) for part in given),
    "Fn::Or": lambda names, given: any(names.condition(part) for part in given),
}


def attributes_asked_for(value: Json) -> Iterator[tuple[str, str]]:
    """Every (resource, attribute) that some Fn::GetAtt or Fn::Sub in `value` mentions."""
    if isinstance(value, list):
        for item in value:
            yield from attributes_asked_for(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _mentioned(key, item)
            yield from attributes_asked_for(item)


def _mentioned(key: str, item: Json) -> Iterator[tuple[str, str]]:
    if key == "Fn::GetAtt":
        name, attribute = item.split(".", 1) if isinstance(item, str) else item
        yield name, attribute
    if key == "Fn::Sub":
        for name in VARIABLE.findall(item if isinstance(item, str) else item[0]):
            if "." in name:
                resource, attribute = name.split(".", 1)
                yield resource, attribute
