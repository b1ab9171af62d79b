"""Secrets Manager, read once an hour and process."""

from aws_lambda_powertools.utilities import parameters

HOUR = 3600


def secret(arn: str) -> str:
    return str(parameters.get_secret(arn, max_age=HOUR))
