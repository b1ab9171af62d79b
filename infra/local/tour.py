"""What `make run` prints: where to look, who to be, what to try first."""

from infra.local.city import City

_TEXT = "我家楼下工地夜里两点还在打桩，吵得孩子睡不着"

_WELCOME = """\
速办的笔记本城市开了：{url}
  接口   {url}/v1/openapi.json
  短信   {url}/_city/messages        单位消息也在这里
  时间   {url}/_city/clock           现在 {now}，每秒走 {speed:g} 秒；下班后从下次上班开始，NOW=real 用真实时间
  令牌   {url}/_city/tokens          也可 ?role=unit_lead&unit=…&district=…
  状态   {url}/_city/health
  日志   {log}

各角色的演示令牌（12 小时有效）：
{passes}

三步走（逐行粘贴）：
{tour}

Ctrl-C 停止。
"""

_FILE = """\
CASE=$(curl -s {url}/v1/cases -H 'Content-Type: application/json' -H "Idempotency-Key: tour-$(date +%s)" -d '{{\
"kind": "complaint", "text": "{text}", "place": {{"district": "{district}"}}, "contact": {{"phone": "13800138000"}}\
}}'); echo "$CASE" """

_READ = """\
curl -s "{url}/v1/cases/$(echo "$CASE" | sed 's/.*"case_id": *"\\([^"]*\\)".*/\\1/')" \
-H "X-Tracking-Code: $(echo "$CASE" | sed 's/.*"tracking_code": *"\\([^"]*\\)".*/\\1/')"; echo"""

_JUMP = """\
curl -s {url}/_city/clock -d '{{"advance": "P3D"}}'; echo; curl -s {url}/_city/messages; echo"""


def welcome(city: City, log: str) -> str:
    url = city.url
    passes = "\n".join(f"  {told['role']:<20} {told['token']}" for told in city.passes.everybody())
    words = {"url": url, "text": _TEXT, "district": city.passes.first_district()}
    tour = "\n".join(line.format(**words) for line in (_FILE, _READ, _JUMP))
    now = city.clock.now().isoformat(timespec="seconds")
    return _WELCOME.format(url=url, now=now, speed=city.clock.speed, passes=passes, tour=tour, log=log)
