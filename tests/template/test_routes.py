from collections.abc import Iterator

from tests.template.parts import Json, of_type, template

CASE = "/v1/cases/{case_id}"
WORK_CASE = "/v1/work/cases/{case_id}"
ACTIONS = ("dispatch", "acknowledge", "contact", "complete", "urge", "supervise", "close")

CITIZEN = {
    ("POST", "/v1/cases", False),
    ("GET", "/v1/cases", True),
    ("GET", CASE, False),
    *(("POST", f"{CASE}/{act}", False) for act in ("rating", "supplements", "withdrawal", "urges", "reopening")),
    ("GET", "/v1/openapi.json", False),
}
CASEWORK = {
    ("GET", "/v1/work/queue", True),
    ("GET", WORK_CASE, True),
    *(("POST", f"{WORK_CASE}/actions/{action}", True) for action in ACTIONS),
}


def body() -> Json:
    (api,) = of_type("AWS::ApiGateway::RestApi").values()
    found: Json = api["Body"]
    return found


def routes(function: str) -> Iterator[tuple[str, str, bool]]:
    """Method, path, and whether the gateway's authorizer stands before it."""
    for path, methods in body()["paths"].items():
        for method, route in methods.items():
            if f"{function}.Arn" in str(route["x-amazon-apigateway-integration"]):
                yield method.upper(), path, route.get("security") == [{"Token": []}]


def test_routes_of_citizens() -> None:
    assert set(routes("CitizenFunction")) == CITIZEN


def test_routes_of_units() -> None:
    assert set(routes("CaseworkFunction")) == CASEWORK


def test_a_missing_token_is_refused_before_any_function_runs() -> None:
    authorizer = body()["components"]["securitySchemes"]["Token"]["x-amazon-apigateway-authorizer"]
    assert authorizer["type"] == "request"
    assert authorizer["identitySource"] == "method.request.header.Authorization"
    assert authorizer["authorizerResultTtlInSeconds"] == 300


def test_browsers_may_ask_first_everywhere() -> None:
    preflights = {path: methods.get("options", {}) for path, methods in body()["paths"].items()}
    assert all("x-amazon-apigateway-integration" in route for route in preflights.values())
    assert not any("security" in route for route in preflights.values())


def test_the_gateways_own_answers_are_problems_that_a_browser_may_read() -> None:
    answers = body()["x-amazon-apigateway-gateway-responses"]
    assert {"UNAUTHORIZED", "ACCESS_DENIED", "MISSING_AUTHENTICATION_TOKEN", "DEFAULT_4XX", "DEFAULT_5XX"} <= set(
        answers
    )
    for answer in answers.values():
        headers = answer["responseParameters"]
        assert headers["gatewayresponse.header.Content-Type"] == "'application/problem+json'"
        assert "gatewayresponse.header.Access-Control-Allow-Origin" in headers


def test_access_logs_know_no_person() -> None:
    (stage,) = of_type("AWS::ApiGateway::Stage").values()
    form = stage["AccessLogSetting"]["Format"]
    assert not any(part in form for part in ("identity", 'path"', "$context.path", "authorizer", "requestOverride"))


def test_each_route_is_allowed_to_call_its_function() -> None:
    permissions = [
        p for p in of_type("AWS::Lambda::Permission").values() if p["Principal"] == "apigateway.amazonaws.com"
    ]
    assert len(permissions) == len(CITIZEN) + len(CASEWORK) + 1  # and the authorizer
    assert template()["Resources"]["Api"]["Type"] == "AWS::ApiGateway::RestApi"
