"""Five stories of the closed loop, each with the end that it must come to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from infra.local.demo_client import CaseFiled, CityClient, StoryError
from infra.local.kinds import Json
from suban.domain.calendar import CHINA
from suban.domain.worktime import WorkTime

MORNING = time(9, 30)
LITTLE = "PT20M"
FUTIAN, LONGHUA = "440304", "440309"


@dataclass(frozen=True)
class Story:
    title: str
    play: Callable[[CityClient], CaseFiled]
    end: Json
    """What GET /v1/cases/{case_id} must say at last."""


def begin_a_working_morning(city: CityClient, work: WorkTime) -> None:
    """So that office hours and quiet hours fall as in a story, whenever the city was started."""
    now = city.now().astimezone(CHINA)
    today = datetime.combine(now.date(), MORNING, CHINA)
    is_ahead = now < today and work.calendar.is_working_day(now.date())
    morning = today if is_ahead else datetime.combine(work.calendar.next_working_day(now.date()), MORNING, CHINA)
    city.advance(iso(morning - now))


def iso(wait: timedelta) -> str:
    return f"PT{int(wait.total_seconds())}S"


def expect(holds: bool, what: str) -> None:  # noqa: FBT001 - a fact
    if not holds:
        raise StoryError(what)


def handled(case: CaseFiled, answer: str, within: str = "PT3H") -> None:
    """签收, 首次联系, 办结."""
    case.city.advance(LITTLE)
    case.unit_does("acknowledge")
    case.city.advance(LITTLE)
    case.unit_does("contact", note="已电话联系，约好当面看。")
    case.city.advance(within)
    case.unit_does("complete", result="resolved", answer=answer)
    case.becomes(status="completed")


def twice_not_satisfied(city: CityClient) -> CaseFiled:
    text = "家对面的工地凌晨两点还在打桩，孩子天天被吵醒，请管一管"
    place = {"district": "福田", "street": "莲花街道", "address": "红荔路"}
    case = city.file("complaint", text, place, "13800138000")
    first = case.becomes(status="dispatched", round=1)
    handled(case, "已约谈施工单位，要求夜间停工。")
    city.advance("P1D")
    case.rates(1, "昨晚照样打桩，根本没停。")
    again = case.becomes(status="dispatched", round=2)
    expect(_days(again, "CaseRolledBack") < _days(first, "CaseSubmitted"), "the rework has no shorter limit")
    handled(case, "已对施工单位立案处罚，责令整改。", "P1D")
    city.advance("PT2H")
    case.rates(2, "停了一晚又开始了。")
    _supervised(city, case)
    case.rates(4, "这次真的停了。")
    return case


def _supervised(city: CityClient, case: CaseFiled) -> None:
    case.becomes(status="supervised")
    city.advance(LITTLE)
    supervisor = city.token("supervisor", FUTIAN)
    case.work(supervisor, "supervise", instruction="三天内连续夜查，结果拍照回复。")
    city.advance("P3D")
    case.unit_does("complete", result="resolved", answer="连续三晚现场夜查，未再施工；夜间作业许可已撤销。")
    city.advance("PT2H")
    case.work(supervisor, "close", note="已向诉求人核实，夜间不再施工。")
    city.advance("PT2H")


def well_rated(city: CityClient) -> CaseFiled:
    place = {"district": "南山", "street": "粤海街道", "address": "科苑路地铁站 A 口"}
    case = city.file("complaint", "共享单车乱停乱放，堵住了人行道", place, "13800138001")
    case.becomes(status="dispatched")
    handled(case, "已清走车辆四十余辆，并在路口划出停放区。")
    city.advance("P1D")
    case.rates(5, "当天就清干净了，谢谢。")
    return case


def never_rated(city: CityClient) -> CaseFiled:
    place = {"district": "福田", "street": "莲花街道"}
    case = city.file("inquiry", "居住证怎么办理", place, "13800138002")
    case.becomes(status="dispatched")
    case.unit_does("acknowledge")
    city.advance("PT1H")
    case.unit_does(
        "complete", result="answered", answer="带身份证和居住登记凭证到街道窗口，或在网上申请，十五日内办好。"
    )
    city.advance("P15D")
    return case


def past_the_desk(city: CityClient) -> CaseFiled:
    text = "楼下的店晚上很吵，味道也大，不知道该找哪个部门"
    case = city.file("complaint", text, {"district": "龙华", "street": "民治街道"}, "13800138003")
    case.becomes(status="at_desk")
    city.advance(LITTLE)
    desk = city.token("dispatcher", LONGHUA)
    expect(len(case.work_view(desk)["candidates"]) > 0, "the desk sees no candidates")
    case.work(desk, "dispatch", item_code="03-04-001", reason="来电核实：是烧烤店油烟和排风机。")
    case.becomes(status="dispatched")
    handled(case, "已要求商家装净化器、换静音风机，复查合格。", "P2D")
    city.advance("PT1H")
    case.rates(4, "好多了。")
    return case


def overrun(city: CityClient) -> CaseFiled:
    place = {"district": "罗湖", "street": "东门街道", "address": "深南东路"}
    case = city.file("help", "大风吹倒一棵大树，断枝挡路", place, "13800138004")
    case.becomes(status="dispatched", urgent=True)
    city.advance("P1DT1H")
    case.becomes(overdue=True)
    city.advance("P3D")
    told = [m for m in city.messages(case.case_id) if m["kind"] == "unit" and m["body"]["event"] == "CaseEscalated"]
    climbed = {m["to"] for m in told if m["attributes"]["audience"] == "supervisor"}
    expect(len(climbed) > 1, f"an overdue case climbs step by step, but only {climbed or 'nobody'} was told")
    handled(case, "断枝已清走，整条路的行道树都查了一遍。", "PT1H")
    city.advance("PT1H")
    case.rates(3, "来得太晚了。")
    return case


def _days(case: Json, since: str) -> timedelta:
    """From the latest such event to the due date."""
    at = [step["at"] for step in case["timeline"] if step["event"] == since][-1]
    return datetime.fromisoformat(case["due_at"]) - datetime.fromisoformat(at)


STORIES = (
    Story(
        "两次不满意：减半重办，再转专项督办",
        twice_not_satisfied,
        {"status": "closed", "closed_as": "supervised", "round": 2},
    ),
    Story("一次办好：五分归档", well_rated, {"status": "closed", "closed_as": "rated", "round": 1}),
    Story(
        "一直没评：十四天后归档，不计为满意", never_rated, {"status": "closed", "closed_as": "unrated", "rating": None}
    ),
    Story("机器拿不准：人工分拨", past_the_desk, {"status": "closed", "closed_as": "rated", "overdue": False}),
    Story("没按时办：超期，逐级上报", overrun, {"status": "closed", "closed_as": "rated", "overdue": True}),
)
