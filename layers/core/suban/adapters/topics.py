"""SNS: SMS to citizens, structured messages to units."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from suban.adapters.aws import client, code_of
from suban.app.ports import Undeliverable

if TYPE_CHECKING:
    from mypy_boto3_sns import SNSClient
    from mypy_boto3_sns.type_defs import MessageAttributeValueTypeDef

# No retry will help: the number cannot be reached, or its owner asked the carrier to be left alone.
FINAL = frozenset(
    {"InvalidParameter", "InvalidParameterValue", "ParameterValueInvalid", "OptedOut", "OptedOutException"}
)


def _string(value: str) -> "MessageAttributeValueTypeDef":
    return {"DataType": "String", "StringValue": value}


class SnsSms:
    def __init__(self, sender_id: str = "", sns: "SNSClient | None" = None) -> None:
        self._attributes = {"AWS.SNS.SMS.SMSType": _string("Transactional")}
        if sender_id:
            self._attributes["AWS.SNS.SMS.SenderID"] = _string(sender_id)
        self._sns = sns or client("sns")

    def send(self, phone: str, text: str) -> str:
        try:
            answer = self._sns.publish(PhoneNumber=phone, Message=text, MessageAttributes=self._attributes)
        except ClientError as error:
            if code_of(error) in FINAL:
                raise Undeliverable(code_of(error)) from None  # its message may repeat the number
            raise
        return answer["MessageId"]


class UnitTopics:
    """One topic per district and one for the city; units filter by the attribute `unit`."""

    def __init__(self, prefix: str, sns: "SNSClient | None" = None) -> None:
        self._prefix = prefix
        self._sns = sns or client("sns")

    def publish(self, topic: str, message: Mapping[str, object], attributes: Mapping[str, str]) -> str:
        answer = self._sns.publish(
            TopicArn=self._prefix + topic,
            Message=json.dumps(message, ensure_ascii=False),
            MessageAttributes={name: _string(value) for name, value in attributes.items()},
        )
        return answer["MessageId"]
