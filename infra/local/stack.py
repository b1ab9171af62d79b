"""template.yaml, expanded and deployed into moto: what the tests and the laptop city run on."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3

from infra.local import resolve
from infra.local.expand import expand
from infra.local.moto_fixes import ACCOUNT, REGION

if TYPE_CHECKING:
    from mypy_boto3_cloudformation.type_defs import ParameterTypeDef

type Json = dict[str, Any]

NAME = "suban-local"
RELEASE = Path(__file__).parents[2] / "build" / "release"

BY_CLOUDFORMATION = {"AWS::DynamoDB::Table", "AWS::KMS::Key", "AWS::SNS::Topic", "AWS::SQS::Queue"}
SECRET, MACHINE, FUNCTION = "AWS::SecretsManager::Secret", "AWS::StepFunctions::StateMachine", "AWS::Lambda::Function"
BY_THE_CITY = {
    FUNCTION,  # lambdas.py
    "AWS::ApiGateway::RestApi",  # gateway.py
    "AWS::Lambda::EventSourceMapping",  # pump.py
    "AWS::Events::Rule",  # pump.py and schedules.py
}
NOT_HERE = (  # guards and watches the real one; has nothing to do on a laptop
    "AWS::ApiGateway::",
    "AWS::CloudWatch::",
    "AWS::IAM::",
    "AWS::Lambda::LayerVersion",
    "AWS::Lambda::Permission",
    "AWS::Logs::",
    "AWS::SNS::Subscription",
)


class UnknownResourceError(Exception):
    """A type in template.yaml of which nobody has said what the laptop city does with it."""


@dataclass
class Stack:
    template: Json
    names: resolve.Names
    _environments: dict[str, dict[str, str]] = field(default_factory=dict)

    def of_type(self, kind: str) -> dict[str, Json]:
        return {name: r["Properties"] for name, r in self.template["Resources"].items() if r["Type"] == kind}

    @cached_property
    def functions(self) -> dict[str, str]:
        """Folder under functions/ → logical name."""
        return {_folder(properties): name for name, properties in self.of_type(FUNCTION).items()}

    def folder(self, function: str) -> str:
        """`function`: an ARN, or anything else that names one of the stack's functions."""
        logical = function.rpartition(":")[2].removeprefix(f"{NAME}-")
        return _folder(self.template["Resources"][logical]["Properties"])

    def environment(self, folder: str) -> dict[str, str]:
        if folder not in self._environments:
            properties = self.template["Resources"][self.functions[folder]]["Properties"]
            variables = self.names.resolve(properties["Environment"]["Variables"])
            here = {**variables, "RELEASE_DIR": RELEASE, "AWS_LAMBDA_FUNCTION_NAME": f"{NAME}-{self.functions[folder]}"}
            self._environments[folder] = {name: str(value) for name, value in here.items()}
        return self._environments[folder]


def _folder(function: Json) -> str:
    """expand.py leaves the folder where the code would be."""
    return Path(list(function["Code"].values())[-1]).name


def deploy(parameters: Mapping[str, str]) -> Stack:
    """Into the moto world of this process. Functions, routes, mappings and schedules are the city's own work."""
    template = expand({}, region=REGION)
    resources = {name: r for name, r in template["Resources"].items() if _is_known(name, r["Type"])}
    names = _names(template, parameters)
    here = {name: r for name, r in resources.items() if r["Type"] in BY_CLOUDFORMATION}
    _create_stack(template, here, parameters, names)
    for name, resource in resources.items():
        _create_rest(name, resource, names)
    return Stack(template, names)


def _is_known(name: str, kind: str) -> bool:
    if kind in BY_CLOUDFORMATION | BY_THE_CITY | {SECRET, MACHINE} or kind.startswith(NOT_HERE):
        return True
    raise UnknownResourceError(f"{name} is an {kind}: say in infra/local/stack.py what the laptop city does with it")


def _names(template: Json, parameters: Mapping[str, str]) -> resolve.Names:
    """What is known before anything is deployed; the ARNs of functions and machine end a circle of references."""
    names = resolve.Names(template.get("Conditions", {}))
    names.refs |= {name: p.get("Default", "") for name, p in template["Parameters"].items()} | dict(parameters)
    names.refs |= {"AWS::Region": REGION, "AWS::AccountId": ACCOUNT, "AWS::Partition": "aws"}
    names.refs |= {"AWS::StackName": NAME, "AWS::URLSuffix": "amazonaws.com"}
    for name, resource in template["Resources"].items():
        if resource["Type"] == FUNCTION:
            names.refs[name] = f"{NAME}-{name}"
            names.attributes[name, "Arn"] = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{NAME}-{name}"
        if resource["Type"] == MACHINE:
            machine = names.resolve(resource["Properties"]["StateMachineName"])
            names.attributes[name, "Name"] = machine
            names.refs[name] = f"arn:aws:states:{REGION}:{ACCOUNT}:stateMachine:{machine}"
    return names


def _create_stack(template: Json, here: Json, parameters: Mapping[str, str], names: resolve.Names) -> None:
    """CloudFormation tells attributes only as outputs: so each that the template asks for becomes one."""
    asked = sorted({(n, a) for n, a in resolve.attributes_asked_for(template["Resources"]) if n in here})
    outputs = {f"Asked{i}": {"Value": {"Fn::GetAtt": list(pair)}} for i, pair in enumerate(asked)}
    body = {**template, "Resources": here, "Outputs": outputs}
    cloudformation = boto3.client("cloudformation")
    given: list[ParameterTypeDef] = [{"ParameterKey": n, "ParameterValue": value} for n, value in parameters.items()]
    cloudformation.create_stack(StackName=NAME, TemplateBody=json.dumps(body), Parameters=given)
    (stack,) = cloudformation.describe_stacks(StackName=NAME)["Stacks"]
    told = {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}
    names.attributes |= {pair: told[f"Asked{i}"] for i, pair in enumerate(asked)}
    made = cloudformation.describe_stack_resources(StackName=NAME)["StackResources"]
    names.refs |= {r["LogicalResourceId"]: r["PhysicalResourceId"] for r in made}


def _create_rest(name: str, resource: Json, names: resolve.Names) -> None:
    properties = resource.get("Properties", {})
    match resource["Type"]:
        case "AWS::SecretsManager::Secret":
            wanted = properties.get("GenerateSecretString", {})
            secrets = boto3.client("secretsmanager")
            value = secrets.get_random_password(**wanted)["RandomPassword"]
            names.refs[name] = secrets.create_secret(Name=f"{NAME}-{name}", SecretString=value)["ARN"]
        case "AWS::StepFunctions::StateMachine":
            definition = names.resolve(properties["DefinitionString"])
            for word, value in names.resolve(properties["DefinitionSubstitutions"]).items():
                definition = definition.replace(f"${{{word}}}", value)
            boto3.client("stepfunctions").create_state_machine(
                name=names.attribute(name, "Name"),
                definition=definition,
                roleArn=f"arn:aws:iam::{ACCOUNT}:role/{NAME}-{name}",
            )
