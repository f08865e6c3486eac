import pytest
from conftest import *
def show(of):
    print(of.kind,of.state,of.refusal,of.counts, of.unknown_columns)
    for r in Row.objects.filter(list=of): print(r.line,r.outcome,r.problems,r.changes,r.subject_id)
def test_x(street, receive, load):
    P="姓名,证件类型,证件号码,性别,出生日期,联系电话,居委会,楼栋,单元,室号,户号,现住址,户籍地址,人户状态,单位名称,第一针接种日期,第一针疫苗名称,第二针接种日期,第二针疫苗名称\n" \
      "王一,,310106195001010017,男,,13800000001,东王居委会,新昌路1号,1,301,,,,人户一致,,2021-05-01,BIBP,,\n" \
      "王二,,310106195001010018,男,,13800000001,东王居委会,新昌路1号,1,301,,,,人户一致,,2021-05-01,BIBP,,\n" \
      "李四,护照,G12345678,女,1990-02-03,,东王居委会,新昌路9号,,,,,,,,,,,\n" \
      "李五,护照,G12345679,女,1990-02-03,,,,,,,新昌路3号402室,江苏省苏州市观前街1号,,,2021/5/1,北京生物,2021-05-25,CoronaVac\n"
    of=receive(P,"p.csv"); show(of)
    of=lists.apply(by=OFFICE,of=of,on=ON); show(of)
    show(receive(P,"p.csv"))
