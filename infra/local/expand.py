"""template.yaml as CloudFormation gets it, made in this process by SAM's own translator, without AWS."""

import copy
import json
import logging
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import boto3
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator
from samtranslator.yaml_helper import yaml_parse

type Json = dict[str, Any]

ROOT = Path(__file__).parents[2]
TEMPLATE = ROOT / "template.yaml"
REGION = "ap-southeast-1"
logging.getLogger("samtranslator").setLevel(logging.ERROR)  # it warns of its own feature flags and metrics


def expand(parameters: Mapping[str, str] | None = None, *, region: str = REGION, template: Path = TEMPLATE) -> Json:
    """Return the expanded template; defaults stand in for parameters that are not given, Ref and Sub stay as they are.

    The state machine carries its definition with `${…}` unsubstituted beside DefinitionSubstitutions, as on AWS.
    """
    source = read(template)
    for resource in source["Resources"].values():
        _inline(resource["Properties"], template.parent)
    translator = Translator({}, Parser(), boto_session=boto3.Session(region_name=region))
    values = {**(parameters or {}), "AWS::Region": region}
    expanded: Json = translator.translate(source, values, get_managed_policy_map=dict)
    return expanded


def read(template: Path = TEMPLATE) -> Json:
    """Return the template as written, a fresh copy each time: the translator changes what it is given."""
    return copy.deepcopy(_parsed(template))


@cache
def _parsed(template: Path) -> Json:
    # Through JSON, so that what is one YAML alias becomes separate objects
    parsed: Json = json.loads(json.dumps(yaml_parse(template.read_text("utf-8"))))
    return parsed


def _inline(properties: Json, root: Path) -> None:
    """Replace local paths, which the translator refuses: code by a line nobody runs, the machine by its definition."""
    if folder := properties.pop("CodeUri", None):
        properties["InlineCode"] = f"# {folder}"
    if folder := properties.get("ContentUri"):
        properties["ContentUri"] = f"s3://not-uploaded/{folder}"
    if path := properties.pop("DefinitionUri", None):
        properties["Definition"] = json.loads((root / path).read_text("utf-8"))
