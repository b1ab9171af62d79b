"""A catalogue of two districts and a handful of items: the smallest the compiler takes."""

from pathlib import Path

REAL_LIMITS = (Path(__file__).parents[2] / "catalog/limits.csv").read_text(encoding="utf-8")
ITEM_COLUMNS = (
    "code,name,group,subgroup,role,kinds,urgent,public,limit,wordings,tell_apart,not_here,certainty,source,neighbours\n"
)

FILES = {
    "classes.csv": """code,name,certainty,note
03,环保水务,likely,
06,市政设施,likely,
08,劳动社保,likely,
""",
    "items/03-noise.csv": ITEM_COLUMNS
    + """03-01-001,夜间超时施工噪声,噪声,施工,b_env,,no,yes,3wd,半夜工地还在打桩|凌晨两点工地施工吵死了|晚上工地倒混凝土,工地|半夜|凌晨,,sure,x,
03-01-002,住宅室内装修噪声,噪声,装修,st_enforce,,no,yes,,楼上天天装修电钻响|邻居周末装修敲墙,装修|邻居,,sure,x,
03-02-001,餐饮油烟扰民,油烟,餐饮,b_env,,no,yes,,楼下餐馆油烟直排熏死人|烧烤店油烟飘进家里,油烟|餐馆,,sure,x,
""",  # noqa: E501 - rows of a table
    "items/06-fixtures.csv": ITEM_COLUMNS
    + """06-01-001,道路井盖缺失,井盖,道路,st_enforce,,yes,yes,24h,路上井盖不见了|马路中间井盖丢了一个大洞,井盖|马路,,sure,x,
06-02-001,路灯不亮,路灯,市政,city_light,complaint|suggestion,no,yes,,马路路灯坏了一片漆黑|整条街路灯不亮,路灯|漆黑,,sure,x,
""",  # noqa: E501 - rows of a table
    "items/08-wages.csv": ITEM_COLUMNS
    + """08-01-001,用人单位拖欠工资,欠薪,企业,b_labour,,no,yes,,公司拖欠工资三个月不发|老板不发工资跑了,工资|老板,,sure,x,
""",  # noqa: E501 - rows of a table
    "units.csv": """code,name,short,level,role,district,street,parent,supervisor,topic,fallback,certainty
CITY,市分拨中心,市分拨,city,desk,,,,,city,,sure
LIGHT,市灯光中心,市灯光,city,city_light,,,CITY,CITY,city,CITY,sure
ENV-1,甲区环境局,甲环境,branch,b_env,440301,,CITY,CITY,440301,CITY,sure
ENV-2,乙区环境局,乙环境,branch,b_env,440302,,CITY,CITY,440302,CITY,sure
LAB-1,甲区劳动局,甲劳动,branch,b_labour,440301,,CITY,CITY,440301,CITY,sure
LAB-2,乙区劳动局,乙劳动,branch,b_labour,440302,,CITY,CITY,440302,CITY,sure
ENF-11,东山街道执法队,东山执法,street,st_enforce,440301,440301001,CITY,CITY,440301,CITY,sure
ENF-12,西河街道执法队,西河执法,street,st_enforce,440301,440301002,CITY,CITY,440301,CITY,sure
DESK-1,甲区分拨中心,甲分拨,district,desk,440301,,CITY,CITY,440301,CITY,sure
DESK-2,乙区分拨中心,乙分拨,district,desk,440302,,CITY,CITY,440302,CITY,sure
""",
    "districts.csv": """code,name,short,aliases,lat,lon,hotline_unit,certainty
440301,甲山区,甲山,jiashan,22.50,114.00,DESK-1,sure
440302,乙海区,乙海,,22.50,114.30,DESK-2,sure
""",
    "streets.csv": """code,name,short,district,aliases,lat,lon,certainty
440301001,东山街道,东山,440301,,22.50,113.98,sure
440301002,西河街道,西河,440301,,22.52,114.06,sure
440302001,莲花街道,莲花,440302,,22.50,114.30,sure
440302400,空港,空港,440302,,,,sure
""",
    "communities.csv": """code,name,short,street,certainty
440301001001,小塘社区居民委员会,小塘,440301001,sure
""",
    "landmarks.csv": "name,kind,district,street,aliases,believed,certainty,source\n",
    "neighbours.csv": """name,hotline,lat_min,lat_max,lon_min,lon_max
丙市,0700-12345,22.55,22.90,114.00,114.20
别处,12345,-90,90,-180,180
""",
    "channels.csv": "code,name,kind,identity,partner,certainty\nmini,小程序,mini_program,oidc,,sure\n",
    "themes.csv": "code,name_zh_hans,name_zh_hant,name_en,classes\nwork,劳动,勞動,Work,08\n",
    "limits.csv": REAL_LIMITS + "dispatch.threshold,0.90,旧,2020-01-01\n",
    "calendar/2026.csv": "date,kind,name\n2026-01-01,holiday,元旦\n2026-01-04,makeup,元旦\n",
    "results.csv": "kind,code,name_zh_hans,name_zh_hant,name_en\nresult,resolved,已解决,已解決,resolved\n",
    "messages/sms.csv": "template,lang,text\ndone,zh-Hans,好\ndone,zh-Hant,好\ndone,en,done\n",
    "messages/timeline.csv": "event,lang,text\nCaseClosed,zh-Hans,完\nCaseClosed,zh-Hant,完\nCaseClosed,en,closed\n",
    "messages/errors.csv": "code,lang,title,detail\nbusy,zh-Hans,忙,等\nbusy,zh-Hant,忙,等\nbusy,en,busy,wait\n",
    "messages/fields.csv": "type,lang,text\nmissing,zh-Hans,缺\nmissing,zh-Hant,缺\nmissing,en,missing\n",
    "messages/routing.csv": "event,audience,template,timing,condition\nCaseClosed,citizen,done,now,\n",
}


def write_catalog(folder: Path, **changed: str) -> Path:
    """`changed`: file name without folder and ending → its whole text instead."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(changed.get(path.stem, text), encoding="utf-8")
    return folder
