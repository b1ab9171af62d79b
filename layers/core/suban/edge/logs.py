"""Logs and metrics. A line has an id from this catalogue and ids as fields: no phone, name, text or token."""

from enum import StrEnum
from functools import cache

from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import MetricUnit

NAMESPACE = "Suban"  # of every metric


class LogRef(StrEnum):
    """What happened; alarms and the runbook key on these and never on prose."""

    CASE_FILED = "SB101"
    CASE_MOVED = "SB102"
    REQUEST_REFUSED = "SB201"
    REQUEST_FAILED = "SB202"
    RECORD_RELAYED = "SB301"
    RECORD_PARKED = "SB302"
    NOTICE_HANDLED = "SB401"
    STEP_TAKEN = "SB501"
    SWEPT = "SB601"
    TOKEN_REFUSED = "SB701"  # noqa: S105 - a log reference


@cache
def logger() -> Logger:
    return Logger()


def log(ref: LogRef, **ids: object) -> None:
    logger().info(ref.name.lower(), extra={"ref": ref.value, **ids})


def log_failure(ref: LogRef, error: BaseException, **ids: object) -> None:
    """The kind of an error and where it was raised: its message may hold what somebody wrote."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}" if trace else ""
    extra = {"ref": ref.value, "error": type(error).__name__, "where": where, **ids}
    logger().error(ref.name.lower(), extra=extra)


class EmfMetrics:
    """The Metrics port: counts in CloudWatch's embedded format, one line each, with its own dimensions."""

    def count(self, name: str, **dimensions: str) -> None:
        from aws_lambda_powertools.metrics import single_metric

        with single_metric(name=name, unit=MetricUnit.Count, value=1, namespace=NAMESPACE) as metric:
            for dimension, value in dimensions.items():
                metric.add_dimension(dimension, value)
