"""Every path of the machine, by the rule that it proves."""

from tests.lives import UNSURE, Machine

HAPPY = ["Look", "Route", "Dispatch", "Await", "Route", "Await", "Route", "Done"]


def test_a_good_rating_ends_the_only_life_in_eight_transitions(machine: Machine) -> None:
    case = machine.file()
    assert case.status == "dispatched"
    case.does(case.holder, "acknowledge").does(case.holder, "contact").answered().judged(5)
    assert (case.status, case.states()) == ("closed", HAPPY)
    assert [life["status"] for life in case.lives()] == ["SUCCEEDED"]


def test_an_unsure_case_waits_for_the_desk_and_goes_on_from_there(machine: Machine) -> None:
    case = machine.file(UNSURE)
    assert case.status == "at_desk"
    desk = machine.dispatcher(district="440305")
    case.does(desk, "dispatch", item_code="03-01-006", reason="夜间施工")
    assert case.status == "dispatched"
    assert case.states() == ["Look", "Route", "Dispatch", "Await", "Route", "Await"]


def test_two_negative_ratings_lead_through_rework_to_special_supervision_and_closing(machine: Machine) -> None:
    case = machine.file().answered().judged(1)
    assert (case.status, case.seen()["round"]) == ("dispatched", 2)
    case.answered().judged(2)
    assert case.status == "supervised"
    boss = machine.supervisor(district="440305")
    case.does(boss, "supervise", instruction="三日内整改到位").answered().does(boss, "close", note="已核实")
    assert (case.status, case.states()[-1]) == ("closed", "Done")
    assert case.lives()[0]["status"] == "SUCCEEDED"
    assert len(case.states()) <= 40


def test_silence_closes_a_case_as_unrated_after_fourteen_days(machine: Machine) -> None:
    case = machine.file().answered()
    machine.later(days=13, hours=23)
    assert case.status == "completed"
    machine.later(hours=1)
    assert (case.status, case.seen()["closed_as"]) == ("closed", "unrated")
    assert case.states()[-3:] == ["Look", "Route", "Done"]


def test_a_withdrawn_case_ends_its_machine_whatever_it_waits_for(machine: Machine) -> None:
    at_desk, with_unit = machine.file(UNSURE), machine.file()
    for case in (at_desk, with_unit):
        case.wishes("withdrawal", reason="已经解决")
        assert (case.status, case.states()[-1]) == ("withdrawn", "Done")


def test_reopening_begins_a_second_life_that_goes_the_whole_way(machine: Machine) -> None:
    case = machine.file().answered().judged(4)
    case.wishes("reopening", reason="又开始施工了")
    assert (case.status, case.seen()["round"]) == ("dispatched", 2)
    assert case.states(2) == ["Look", "Route", "Await"]
    case.answered().judged(5)
    assert [life["status"] for life in case.lives()] == ["SUCCEEDED", "SUCCEEDED"]


def test_an_earlier_negative_still_counts_after_reopening(machine: Machine) -> None:
    case = machine.file().answered().judged(1).answered().judged(4)
    case.wishes("reopening", reason="问题还在").answered().judged(1)
    assert case.status == "supervised"


def test_a_case_without_an_answer_is_due_soon_then_overdue_then_climbs_to_the_city(machine: Machine) -> None:
    case = machine.file()
    machine.later(days=14)
    tail = [event for event in case.events if event not in ("CaseSubmitted", "CaseDispatched")]
    assert tail[:3] == ["ContactMissed", "CaseDueSoon", "CaseOverdue"]
    assert set(tail[3:]) == {"CaseEscalated"}
    assert case.seen()["overdue"]
    told = [m["to"] for m in case.messages("unit") if m["body"]["event"] == "CaseEscalated"]
    climbed = [to for to in told if to.startswith("SUP-")]
    assert climbed[0] == "SUP-440305"
    assert climbed[1] == "SUP-CITY"
    case.answered().judged(5)
    assert case.status == "closed"


def test_a_desk_that_is_late_is_told_again(machine: Machine) -> None:
    case = machine.file(UNSURE)
    machine.later(days=1)
    assert "DispatchOverdue" in case.events
    assert any(m["body"]["event"] == "DispatchOverdue" for m in case.messages("unit"))


def test_a_rating_that_comes_while_the_machine_looks_elsewhere_is_never_missed(machine: Machine) -> None:
    """Completed and rated before the machine hears of either: one ring, then the end."""
    case = machine.file()
    case._did(case.act(case.holder, "complete", result="resolved", answer="已处理"))
    case._did(case.says("rating", {"speed": 5, "effect": 5, "experience": 5, "feedback": 5, "overall": 5}))
    machine.city.drain()
    assert case.states() == ["Look", "Route", "Dispatch", "Await", "Route", "Done"]


def test_closing_and_reopening_at_once_leaves_one_running_life(machine: Machine) -> None:
    case = machine.file().answered()
    case._did(case.says("rating", {"speed": 5, "effect": 5, "experience": 5, "feedback": 5, "overall": 5}))
    case._did(case.says("reopening", {"reason": "没解决"}))
    machine.city.drain()
    assert [life["status"] for life in case.lives()] == ["SUCCEEDED", "RUNNING"]
