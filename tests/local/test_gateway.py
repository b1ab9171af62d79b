"""The gateway of the laptop city, before a Lambda that says what it was asked."""

import http.client
import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from infra.local.gateway import LARGEST, Gateway, Request
from infra.local.kinds import Json
from infra.local.server import bound, serving

ECHO, GUARD = "arn:aws:lambda:l:1:function:echo", "arn:aws:lambda:l:1:function:guard"


def uri(arn: str) -> str:
    return f"arn:aws:apigateway:l:lambda:path/2015-03-31/functions/{arn}/invocations"


def proxy(**more: Json) -> Json:
    return {"x-amazon-apigateway-integration": {"type": "aws_proxy", "uri": uri(ECHO)}, **more}


PREFLIGHT = {
    "method.response.header.Access-Control-Allow-Origin": "'*'",
    "method.response.header.Access-Control-Max-Age": "'86400'",
}
MOCK = {
    "x-amazon-apigateway-integration": {
        "type": "mock",
        "responses": {"default": {"statusCode": "200", "responseParameters": PREFLIGHT}},
    }
}
PROBLEM = {"gatewayresponse.header.Content-Type": "'application/problem+json'"}
BODY: Json = {
    "paths": {
        "/v1/cases": {"post": proxy(), "options": MOCK},
        "/v1/cases/{case_id}": {"get": proxy()},
        "/v1/cases/{case_id}/rating": {"post": proxy()},
        "/v1/work/queue": {"get": proxy(security=[{"Token": []}])},
    },
    "components": {
        "securitySchemes": {
            "Token": {
                "x-amazon-apigateway-authorizer": {
                    "type": "request",
                    "identitySource": "method.request.header.Authorization",
                    "authorizerUri": uri(GUARD),
                    "authorizerResultTtlInSeconds": 300,
                }
            }
        }
    },
    "x-amazon-apigateway-gateway-responses": {
        "UNAUTHORIZED": {
            "statusCode": "401",
            "responseParameters": PROBLEM,
            "responseTemplates": {"application/json": '{"status":401,"detail":$context.error.messageString}'},
        },
        "DEFAULT_5XX": {
            "responseParameters": PROBLEM,
            "responseTemplates": {"application/json": '{"code":"unavailable"}'},
        },
    },
}


class Lambdas:
    """`echo` gives back its event, `guard` allows what its token says."""

    def __init__(self) -> None:
        self.guarded = 0

    def invoke(self, function: str, event: Json) -> Json:
        if function == GUARD:
            return self.guard(event)
        if event["path"].endswith("broken"):
            raise RuntimeError("the function broke")
        time.sleep(0.002)
        return {"statusCode": 200, "multiValueHeaders": {"X-Twice": ["1", "2"]}, "body": json.dumps(event)}

    def guard(self, event: Json) -> Json:
        self.guarded += 1
        if event["headers"]["Authorization"] == "forged":
            raise RuntimeError("Unauthorized")
        if event["headers"]["Authorization"] == "confused":
            return {"principalId": "p"}
        effect = "Allow" if event["headers"]["Authorization"] == "good" else "Deny"
        statement = {
            "Effect": effect,
            "Action": "execute-api:Invoke",
            "Resource": event["methodArn"].split("/")[0] + "/*",
        }
        return {
            "principalId": "p",
            "policyDocument": {"Statement": [statement]},
            "context": {"role": "unit_lead", "n": 7, "ok": True},
        }


@pytest.fixture
def lambdas() -> Lambdas:
    return Lambdas()


@pytest.fixture
def gateway(lambdas: Lambdas) -> Gateway:
    return Gateway(BODY, lambdas.invoke)


@pytest.fixture
def port(gateway: Gateway) -> Iterator[int]:
    with bound("127.0.0.1", 0) as server, serving(server, gateway):
        yield server.server_port


def event_of(gateway: Gateway, method: str, target: str, *headers: tuple[str, str], body: bytes = b"") -> Json:
    return json.loads(gateway.handle(Request(method, target, headers, body, "10.0.0.9")).body)


def test_a_lambda_gets_the_event_of_a_rest_api(gateway: Gateway) -> None:
    event = event_of(
        gateway,
        "POST",
        "/v1/cases/20261123-1/rating?a=1&a=%E5%9D%AA&b=",
        ("X-A", "1"),
        ("X-A", "2"),
        body=b"{}",
    )

    assert event["httpMethod"] == "POST"
    assert event["path"] == "/v1/cases/20261123-1/rating"
    assert event["resource"] == "/v1/cases/{case_id}/rating"
    assert event["pathParameters"] == {"case_id": "20261123-1"}
    assert event["queryStringParameters"] == {"a": "坪", "b": ""}
    assert event["multiValueQueryStringParameters"] == {"a": ["1", "坪"], "b": [""]}
    assert event["headers"] == {"X-A": "2"}
    assert event["multiValueHeaders"] == {"X-A": ["1", "2"]}
    assert event["requestContext"]["identity"]["sourceIp"] == "10.0.0.9"
    assert (event["body"], event["isBase64Encoded"]) == ("{}", False)


def test_what_is_not_there_is_null(gateway: Gateway) -> None:
    event = event_of(gateway, "POST", "/v1/cases")

    assert [
        event[name] for name in ("pathParameters", "queryStringParameters", "multiValueQueryStringParameters", "body")
    ] == [None] * 4


def test_path_parameters_are_decoded(gateway: Gateway) -> None:
    assert event_of(gateway, "GET", "/v1/cases/%E5%9D%AA%20%E5%B1%B1")["pathParameters"] == {"case_id": "坪 山"}


@pytest.mark.parametrize(
    ("method", "target"), [("GET", "/nowhere"), ("PUT", "/v1/cases"), ("GET", "/"), ("HEAD", "/v1/cases")]
)
def test_an_unknown_route_is_forbidden_as_api_gateway_says_it(gateway: Gateway, method: str, target: str) -> None:
    answer = gateway.handle(Request(method, target))

    assert (answer.status, json.loads(answer.body)) == (403, {"message": "Missing Authentication Token"})


def test_a_preflight_is_answered_from_the_template(gateway: Gateway) -> None:
    answer = gateway.handle(Request("OPTIONS", "/v1/cases"))

    assert answer.status == 200
    assert (answer.headers["Access-Control-Allow-Origin"], answer.headers["Access-Control-Max-Age"]) == ("*", "86400")


def test_a_missing_token_is_refused_before_any_lambda(gateway: Gateway, lambdas: Lambdas) -> None:
    answer = gateway.handle(Request("GET", "/v1/work/queue"))

    assert (answer.status, answer.headers["Content-Type"]) == (401, "application/problem+json")
    assert json.loads(answer.body) == {"status": 401, "detail": "Unauthorized"}
    assert lambdas.guarded == 0


def test_the_authorizers_context_is_passed_on_as_strings(gateway: Gateway) -> None:
    event = event_of(gateway, "GET", "/v1/work/queue", ("Authorization", "good"))

    assert event["requestContext"]["authorizer"] == {"principalId": "p", "role": "unit_lead", "n": "7", "ok": "true"}


@pytest.mark.parametrize(("token", "status"), [("bad", 403), ("forged", 401), ("confused", 500)])
def test_what_an_authorizer_refuses(gateway: Gateway, token: str, status: int) -> None:
    assert gateway.handle(Request("GET", "/v1/work/queue", (("Authorization", token),))).status == status


def test_a_policy_is_kept_for_its_token(gateway: Gateway, lambdas: Lambdas) -> None:
    for token in ("good", "good", "bad", "good", "bad"):
        gateway.handle(Request("GET", "/v1/work/queue", (("Authorization", token),)))

    assert lambdas.guarded == 2


def test_a_function_that_breaks_tells_nothing_of_its_inside(gateway: Gateway) -> None:
    answer = gateway.handle(Request("GET", "/v1/cases/broken"))

    assert (answer.status, json.loads(answer.body)) == (502, {"code": "unavailable"})


def test_a_body_over_ten_megabytes_is_refused_unread(port: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.putrequest("POST", "/v1/cases")
    connection.putheader("Content-Length", str(LARGEST + 1))
    connection.endheaders()

    assert connection.getresponse().status == 413


def test_headers_with_several_values_reach_the_client(port: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/v1/cases/1")

    assert connection.getresponse().headers.get_all("X-Twice") == ["1", "2"]


def test_two_hundred_parallel_requests_are_not_mixed_up(port: int) -> None:
    def ask(n: int) -> tuple[int, Json]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("POST", f"/v1/cases/{n}/rating?n={n}", json.dumps({"n": n}), {"X-N": str(n)})
        event = json.loads(connection.getresponse().read())
        return n, (
            event["pathParameters"]["case_id"],
            event["queryStringParameters"]["n"],
            event["headers"]["X-N"],
            json.loads(event["body"])["n"],
        )

    with ThreadPoolExecutor(200) as crowd:
        answers = list(crowd.map(ask, range(200)))

    assert answers == [(n, (str(n), str(n), str(n), n)) for n in range(200)]


def test_one_connection_serves_many_requests_without_waiting(port: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    began = time.perf_counter()
    for _ in range(20):
        connection.request("GET", "/v1/cases/1")
        connection.getresponse().read()

    assert time.perf_counter() - began < 0.5  # with Nagle's algorithm 0.8 s at least
