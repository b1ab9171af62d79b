"""The routes of the RestApi in the expanded template: which Lambda, which authorizer, what a preflight is told."""

import re
from dataclasses import dataclass
from urllib.parse import unquote

from chalice.local import RouteMatcher

from infra.local.gateway_answers import Answer, unquoted
from infra.local.kinds import Json

_FUNCTION = re.compile(r"functions/(?P<arn>[^/]+)/invocations")


@dataclass(frozen=True)
class Authorizer:
    function: str
    header: str
    seconds: int


@dataclass(frozen=True)
class Route:
    """`function` is an ARN. A route without one answers `preflight` by itself."""

    resource: str
    function: str | None = None
    authorizer: Authorizer | None = None
    preflight: Answer | None = None


class Routes:
    def __init__(self, body: Json) -> None:
        """`body`: the API as OpenAPI, its names resolved."""
        schemes = body.get("components", {}).get("securitySchemes") or body.get("securityDefinitions") or {}
        self._authorizers = {name: _authorizer(scheme) for name, scheme in schemes.items()}
        self._routes = {
            (method.upper(), path): self._route(path, operation)
            for path, methods in body["paths"].items()
            for method, operation in methods.items()
            if method.upper() != "PARAMETERS"
        }
        self._matcher = RouteMatcher(list(body["paths"]))

    @property
    def functions(self) -> set[str]:
        return {route.function for route in self._routes.values() if route.function}

    def find(self, method: str, path: str) -> tuple[Route, dict[str, str]] | None:
        """With the values of the path's `{parameters}`. (chalice keeps those of routes that it tried in vain.)"""
        try:
            resource = self._matcher.match_route(path).route
        except ValueError:
            return None
        route = self._routes.get((method, resource)) or self._routes.get(("X-AMAZON-APIGATEWAY-ANY-METHOD", resource))
        pairs = zip(resource.split("/"), path.partition("?")[0].split("/"), strict=False)
        return (route, {name[1:-1]: unquote(given) for name, given in pairs if name.startswith("{")}) if route else None

    def _route(self, path: str, operation: Json) -> Route:
        integration = operation["x-amazon-apigateway-integration"]
        if integration["type"] == "mock":
            return Route(path, preflight=_preflight(integration["responses"]["default"]))
        (scheme, *_) = [name for rule in operation.get("security", []) for name in rule] or [None]
        return Route(path, _function(integration["uri"]), self._authorizers.get(scheme))


def _function(uri: str) -> str:
    found = _FUNCTION.search(uri)
    if not found:
        raise ValueError(f"{uri} does not invoke a Lambda")
    return found["arn"]


def _authorizer(scheme: Json) -> Authorizer | None:
    told = scheme.get("x-amazon-apigateway-authorizer")
    if not told:
        return None
    header = told["identitySource"].rpartition(".")[2]
    return Authorizer(_function(told["authorizerUri"]), header, int(told.get("authorizerResultTtlInSeconds", 300)))


def _preflight(response: Json) -> Answer:
    headers = unquoted(response.get("responseParameters", {}), "method.response.header.")
    return Answer(int(response["statusCode"]), {"Content-Type": "application/json", **headers}, b"{}")
