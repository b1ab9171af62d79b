"""For every test: nobody's real AWS account, and no deadline that a busy machine would miss."""

import os

from hypothesis import settings

os.environ.update(
    AWS_ACCESS_KEY_ID="testing",
    AWS_SECRET_ACCESS_KEY="testing",
    AWS_SESSION_TOKEN="testing",
    AWS_DEFAULT_REGION="ap-southeast-1",
    AWS_EC2_METADATA_DISABLED="true",
    AWS_ACCOUNT_ID_ENDPOINT_MODE="disabled",  # else dynamodbstreams misses moto (DESIGN §4)
)
os.environ.pop("AWS_PROFILE", None)

settings.register_profile("suban", deadline=None)
settings.load_profile("suban")
