from __future__ import annotations
import pytest
from django.db import transaction
from small_street import *
from linli.records.lists import actions as lists
from linli.records.lists.models import Row, List
from linli.records.places.models import *
from linli.records.people.models import *
from linli.records.doses.models import Dose

def show(of):
    return [(r.line, r.outcome, [p["code"] for p in r.problems], r.changes) for r in Row.objects.filter(list=of)]

W = resident_id("19500101", 1)
CASES = {
 "area_no_kind": ("区域代码,区域名称\nS-1,东王居委会2\n", {}),
 "area_same_code_case": ("区域代码,区域名称,上级代码\nX-1,甲,S\nx-1,乙,S\n", {}),
 "area_slash": ("区域代码,区域名称,上级代码\nX/1,甲,S\n", {}),
 "area_long_code": ("区域代码,区域名称,上级代码\n"+"X"*60+",甲,S\n", {}),
 "area_long_name": ("区域代码,区域名称,上级代码\nX9,"+"甲"*150+",S\n", {}),
 "area_deep": ("区域代码,区域名称,上级代码\n"+"".join(f"{'Y'*37}{i:02d},n{i},{'S' if i==0 else 'Y'*37+f'{i-1:02d}'}\n" for i in range(12)), {}),
 "bld_no_kind": ("楼栋代码,楼栋名称,居委会\nB1,新昌路1号,S-1\nT1,金融大厦改,S-2\n", {}),
 "bld_same_name": ("楼栋名称,地址,居委会\n1号楼,新闸路100弄1号,S-1\n1号楼,新闸路200弄1号,S-1\n", {}),
 "bld_long": ("楼栋代码,楼栋名称,居委会\nQ1,"+"楼"*180+",S-1\n"+"Q"*55+",短,S-1\n", {}),
 "bld_half_coord": ("楼栋代码,楼栋名称,居委会,经度,纬度\nQ2,甲楼,S-1,121.4,\nQ3,乙楼,S-1,,31.2\n", {}),
 "bld_wkt": ('楼栋代码,楼栋名称,居委会,轮廓\nQ4,甲楼,S-1,"POLYGON((121 31,121.1 31,121.1 31.1,121 31))"\nQ5,乙楼,S-1,"POLYGON Z ((121 31 1,121.1 31 1,121.1 31.1 1,121 31 1))"\nQ6,丙楼,S-1,"POLYGON((121 31,121.1,121.1 31.1,121 31,abc))"\nQ7,丁楼,S-1,"MULTIPOLYGON(((121 31,121.1 31,121.1 31.1,121 31)))"\n', {}),
 "door_floor": ("楼栋,室号,楼层\nB1,1,--5\nB1,2,99999\nB1,3,B1层\nB1,4,-1\n", {}),
 "door_long": ("楼栋,单元,室号\nB1,"+"单"*30+",1\nB1,1,"+"5"*60+"\n", {}),
 "person_long": (PEOPLE_HEADER+person_line(stair="单"*30)+person_line("李四",resident_id("19600101",1),door="5"*60)+person_line("李五",resident_id("19600101",3),state="人在户不在",registered="江"*190), {}),
 "household_long": (f"姓名,证件号码,楼栋,室号,户号\n王,{W},B1,1,{'9'*60}\n", {}),
 "lot_long": (f"姓名,证件号码,楼栋,接种日期,疫苗,批号,接种单位\n王,{W},B1,2021-06-01,BIBP,{'L'*60},{'单'*190}\n", {}),
 "nul": (b"x"*0 + (PEOPLE_HEADER + person_line("甲乙") + "".join(person_line(f"人{i}", resident_id("19600101", i)) for i in range(2,60)) + person_line("丙\x00丁", resident_id("19700101",1))).encode(), {}),
 "employers": ("单位名称,统一社会信用代码,办公楼宇,楼层\n甲公司,,T1,1\n甲公司,91310000MA1FL4C44X,T1,1\n"+"司"*180+",,T1,"+"层"*30+"\n", {}),
 "staff_long": (f"姓名,证件号码,单位名称,办公楼宇,楼层\n王,{W},{'司'*180},T1,{'层'*30}\n", {}),
 "passport": ("姓名,证件类型,证件号码,出生日期,楼栋\nAnn,护照,E12345678,,B1\nAnn,护照,E1234567a,1980-01-01,B1\n", {}),
 "doc_other_long": ("姓名,证件类型,证件号码,出生日期,楼栋\nAnn,其他,"+"A1"*16+",1980-01-01,B1\nBob,其他,"+"B1"*30+",1980-01-01,B1\n", {}),
 "phones": ("姓名,证件号码,联系电话,楼栋\n王,"+W+",021-62580000-12345,B1\n李,"+resident_id("19600101",3)+",+8521234567890123,B1\n", {}),
 "birth_1850": ("姓名,出生日期,楼栋,联系电话\n王,1850-01-01,B1,13800000000\n王,1901-01-01,B1,13800000000\n", {}),
 "old_dose": (f"证件号码,接种日期,疫苗,姓名,楼栋\n{W},1952-01-01,141,王,B1\n", {}),
 "cvx": (f"证件号码,接种日期,疫苗,姓名,楼栋\n{W},2021-06-01,008,王,B1\n{W},2021-06-02,8,王,B1\n{W},2021-06-03,08,王,B1\n{W},2021-05-03,0510,王,B1\n", {}),
}
@pytest.mark.parametrize("name", CASES)
def test_probe(street, load, name, capsys):
    content, told = CASES[name]
    try:
        with transaction.atomic():
            of = load(content, **told)
            out = [of.state, of.refusal, *show(of)]
            again = load(content, **told)
            out += ["AGAIN", again.counts]
    except Exception as e:
        out = ["CRASH", type(e).__name__, str(e)[:300]]
    with capsys.disabled():
        print("\n##", name)
        for o in out[:5]+out[-2:]: print("   ", str(o)[:260])
        if name.startswith(("area","bld")):
            print("   ", [(a.code[:8],a.name[:8],a.name_en,a.kind) for a in Area.objects.all()], [(a.code[:8],a.name[:8],a.kind,a.floors,a.lon,a.lat,str(a.outline)[:40]) for a in Building.objects.all()])
        if name=="cvx": print(list(Dose.objects.values_list("vaccine__code","given_on")))
        if name=="passport": print(list(Person.objects.values_list("name","birth_date")))
