"""The gateway's authorizer: a token → a caller, or no entry. Cached, hence its policy covers the whole stage."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event import (
    APIGatewayAuthorizerRequestEvent,
    APIGatewayAuthorizerResponse,
)

from suban.adapters.tokens import TokenVerifier
from suban.domain.errors import Unauthenticated
from suban.edge.entry import Entry
from suban.edge.environment import Environment
from suban.edge.identity import bearer, to_authorizer
from suban.edge.logs import LogRef, log


@dataclass(frozen=True, slots=True)
class AuthorizerEnvironment(Environment):
    jwks_url: str
    token_issuer: str
    token_audience: str
    claim_prefix: str = ""


def _wire(variables: Mapping[str, str]) -> TokenVerifier:
    env = AuthorizerEnvironment.of(variables)
    return TokenVerifier(env.jwks_url, env.token_issuer, env.token_audience, env.claim_prefix)


entry = Entry(_wire)


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    request = APIGatewayAuthorizerRequestEvent(event)
    try:
        caller = entry.here().caller(bearer(request.headers.get("Authorization")) or "")
    except Unauthenticated as why:
        log(LogRef.TOKEN_REFUSED, code=why.code)
        raise Exception("Unauthorized") from None  # noqa: TRY002 - the word that API Gateway turns into 401
    arn = request.parsed_arn
    policy = APIGatewayAuthorizerResponse(
        principal_id=caller.subject or caller.role, region=arn.region, aws_account_id=arn.aws_account_id,
        api_id=arn.api_id, stage=arn.stage, context=to_authorizer(caller), partition=arn.partition,
    )  # fmt: skip
    policy.allow_all_routes()
    return policy.asdict()
