"""The words offices put above their columns, in Chinese and English: one data table."""

from __future__ import annotations

from typing import Final

# Concept -> words, already normalised as `header.normal` does: lower case, no spaces, brackets, stars or underscores.
# A concept with a dot is generic: what it means depends on the kind of list (see layout.MEANING).
WORDS: Final[dict[str, str]] = {
    "area_code": (
        "区域代码 区域编码 区划代码 行政区划代码 居委代码 居委会代码 社区代码 统计代码 统计用区划代码 areacode "
        "areaid committeecode"
    ),
    "area_name": "区域名称 居委会名称 居委名称 社区名称 区划名称 行政区划名称 areaname committeename",
    "area_name_en": "区域英文名 区域英文名称 areanameenglish areanameen areaenglishname",
    "area_kind": "区域类型 区域级别 区划级别 层级 级别 areakind areatype arealevel",
    "parent_code": (
        "上级代码 上级编码 上级区域代码 上级区划代码 所属街道代码 上级 parentcode parent parentareacode parentarea"
    ),
    "area": (
        "居委会 居委 所属居委 所属居委会 所在居委 所在居委会 居民区 社区 所属社区 所在社区 村居 村居委 村居委会 "
        "村居民委员会 居村委 居村委会 居民委员会 所属区域 区域 committee area neighbourhoodcommittee "
        "neighborhoodcommittee community residentialarea"
    ),
    "building_code": (
        "楼栋代码 楼栋编码 楼栋编号 楼宇代码 楼宇编码 楼宇编号 建筑代码 建筑编号 buildingcode buildingid"
    ),
    "building_name": "楼栋名称 楼宇名称 建筑名称 大楼名称 buildingname",
    "building_name_en": (
        "楼栋英文名 楼栋英文名称 楼宇英文名 楼宇英文名称 buildingnameenglish buildingnameen buildingenglishname"
    ),
    "building_kind": "楼栋类型 楼宇类型 建筑类型 楼栋用途 建筑用途 用途 buildingkind buildingtype buildinguse",
    "building": (
        "楼栋 楼号 楼栋号 楼幢 幢 幢号 栋 栋号 楼 弄号 小区楼栋 居住楼栋 所在楼栋 所属楼栋 building block housenumber"
    ),
    "address.": (
        "地址 详细地址 门牌地址 楼栋地址 楼宇地址 建筑地址 联系地址 address streetaddress buildingaddress fulladdress"
    ),
    "lon": "经度 longitude lng lon long",
    "lat": "纬度 latitude lat",
    "floors": "层数 楼层数 总层数 地上层数 floors storeys stories numberoffloors floorcount",
    "outline": "轮廓 轮廓wkt 楼栋轮廓 范围 边界 outline outlinewkt polygon wkt geometry footprint",
    "stair": "单元 单元号 梯号 楼梯 stair staircase stairwell entrance",
    "door": (
        "室号 房号 房间号 室 户室 户室号 门号 门牌 门牌号 房室号 门室 door doornumber room roomnumber roomno flat "
        "apartment apt"
    ),
    "household": "户号 户编号 家庭编号 家庭户号 household householdid householdnumber householdno",
    "id_number": (
        "身份证号 身份证号码 身份证 证件号 证件号码 身份证件号 身份证件号码 公民身份号码 公民身份证号码 "
        "居民身份证号 居民身份证号码 有效证件号码 身份号码 id idnumber idno idcard idcardnumber residentid "
        "residentidnumber documentnumber documentno identitynumber identitycardnumber nationalid"
    ),
    "id_kind": "证件类型 证件种类 证件类别 证件名称 有效证件类型 documenttype documentkind idtype idkind",
    "name": (
        "姓名 居民姓名 受种者姓名 受种人姓名 接种者姓名 接种人姓名 接种人员姓名 员工姓名 人员姓名 职工姓名 受种者 "
        "fullname personname residentname employeename staffname"
    ),
    "sex": "性别 sex gender",
    "birth_date": "出生日期 出生年月日 出生年月 出生时间 生日 birthdate dateofbirth dob birthday born",
    "phone": (
        "电话 联系电话 电话号码 联系电话号码 手机 手机号 手机号码 联系方式 联系手机 本人电话 本人手机 phone "
        "phonenumber phoneno mobile mobilenumber mobilephone telephone telephonenumber tel contactphone "
        "contactnumber cell"
    ),
    "registered_address": (
        "户籍地址 户籍地 户口地址 户籍所在地 户口所在地 户籍 registeredaddress addressregistered hukouaddress "
        "hukou householdregistrationaddress"
    ),
    "living_address": (
        "现住址 现住地址 现居住地 现居住地址 现居地 现居地址 居住地址 居住地 实际居住地 实际居住地址 常住地址 "
        "常住地 住址 家庭住址 家庭地址 livingaddress homeaddress currentaddress residentialaddress addressliving"
    ),
    "residence_state": (
        "人户状态 人户情况 人户类型 人户分离 人户分离情况 人户一致情况 居住状态 居住情况 户籍状态 户籍类型 "
        "人口类型 人口性质 人员类型 人员类别 residencestate residencestatus residence residency residencetype"
    ),
    "employer": (
        "单位 单位名称 工作单位 工作单位名称 企业名称 公司名称 公司 企业 所在单位 用人单位 所属单位 employer "
        "employername company companyname organisation organization organisationname organizationname"
    ),
    "employer_code": (
        "统一社会信用代码 社会信用代码 信用代码 单位代码 单位编码 企业代码 employercode creditcode uscc "
        "companycode unifiedsocialcreditcode socialcreditcode"
    ),
    "work_building": (
        "办公楼 办公楼宇 楼宇 写字楼 商务楼 商务楼宇 大厦 大楼 所在楼宇 工作楼宇 工作楼栋 办公楼栋 工作地点 "
        "办公地点 办公地址 单位地址 工作地址 企业地址 公司地址 workbuilding officebuilding office tower "
        "workaddress workplace officeaddress companyaddress"
    ),
    "floor": "楼层 所在楼层 办公楼层 层 floor floorno floornumber",
    "contact": "联系人 联系人姓名 负责人 负责人姓名 单位联系人 contact contactperson contactname",
    "given_on": (
        "接种日期 接种时间 接种年月日 本次接种日期 givenon dategiven vaccinationdate dateofvaccination "
        "dateadministered dosedate dateofdose immunisationdate immunizationdate date"
    ),
    "product": (
        "疫苗 疫苗名称 疫苗品种 疫苗种类 疫苗类型 疫苗产品 接种疫苗 接种疫苗名称 新冠疫苗 product vaccine "
        "vaccinename vaccineproduct vaccinetype cvx cvxcode"
    ),
    "maker": (
        "生产企业 生产厂家 生产厂商 疫苗生产企业 疫苗生产厂家 疫苗厂家 疫苗厂商 疫苗企业 疫苗品牌 厂家 厂商 品牌 "
        "manufacturer maker brand vaccinemanufacturer vaccinebrand"
    ),
    "dose_number": "剂次 针次 剂数 第几针 第几剂 接种剂次 接种针次 剂次号 dosenumber doseno dose doseordinal",
    "supply_ended": "断供换苗 因断供换苗 供应中断 疫苗断供 断供 supplyended supplyout",
    "lot": "批号 疫苗批号 批次 疫苗批次 批次号 lot lotnumber lotno batch batchnumber batchno",
    "place": (
        "接种地点 接种单位 接种点 接种机构 接种门诊 接种医院 接种地 place site vaccinationsite vaccinationplace "
        "clinic facility"
    ),
    "evidence": "接种依据 依据 凭证 证据 evidence proof",
    "note": "备注 附注 note notes remark remarks comment comments",
    # What linli writes into a file that is to come back: which record, of which copy.
    "record": "记录号 记录编号 record recordid",
    "copy": "副本号 副本编号 copy copyid",
    "name.": "名称 name",
    "name_en.": "英文名 英文名称 nameenglish nameen englishname",
    "code.": "编号 代码 编码 code",
    "kind.": "类型 类别 kind type",
    # Known and of no use: a counter, and what follows from other columns.
    "": "序号 序 编次 行号 no number index serial serialno 年龄 周岁 age",
}

# What may stand beside "第一针" or "dose 1".
DOSE_WORDS: Final[dict[str, str]] = {
    "on": "日期 时间 接种日期 接种时间 年月日 接种年月日 date on givenon given dategiven vaccinationdate time",
    "product": (
        "疫苗 疫苗名称 疫苗品种 疫苗种类 疫苗类型 产品 接种疫苗 名称 品种 种类 product vaccine vaccinename type "
        "cvx cvxcode"
    ),
    "maker": (
        "生产企业 生产厂家 疫苗厂家 疫苗生产企业 疫苗生产厂家 疫苗品牌 厂家 厂商 企业 品牌 manufacturer maker "
        "brand vaccinemanufacturer"
    ),
    "lot": "批号 疫苗批号 批次 疫苗批次 批次号 lot lotnumber lotno batch batchnumber batchno",
    "place": (
        "接种地点 接种单位 接种点 接种机构 接种门诊 地点 单位 机构 门诊 place site clinic vaccinationsite facility"
    ),
}

# The words linli itself writes above a column: in templates, exports and messages. (Chinese, English)
LABELS: Final[dict[str, tuple[str, str]]] = {
    "area_code": ("区域代码", "Area code"),
    "area_name": ("区域名称", "Area name"),
    "area_name_en": ("区域英文名", "Area name (English)"),
    "area_kind": ("区域类型", "Area kind"),
    "parent_code": ("上级代码", "Parent code"),
    "area": ("居委会", "Committee"),
    "building_code": ("楼栋代码", "Building code"),
    "building_name": ("楼栋名称", "Building name"),
    "building_name_en": ("楼栋英文名", "Building name (English)"),
    "building_kind": ("楼栋类型", "Building kind"),
    "building": ("楼栋", "Building"),
    "address": ("地址", "Address"),
    "lon": ("经度", "Longitude"),
    "lat": ("纬度", "Latitude"),
    "floors": ("层数", "Floors"),
    "outline": ("轮廓WKT", "Outline (WKT)"),
    "stair": ("单元", "Stair"),
    "door": ("室号", "Door"),
    "household": ("户号", "Household"),
    "id_number": ("证件号码", "ID number"),
    "id_kind": ("证件类型", "Document type"),
    "name": ("姓名", "Full name"),
    "sex": ("性别", "Sex"),
    "birth_date": ("出生日期", "Date of birth"),
    "phone": ("联系电话", "Phone"),
    "registered_address": ("户籍地址", "Registered address"),
    "living_address": ("现住址", "Living address"),
    "residence_state": ("人户状态", "Residence state"),
    "employer": ("单位名称", "Employer"),
    "employer_code": ("统一社会信用代码", "Credit code"),
    "work_building": ("办公楼宇", "Work building"),
    "floor": ("楼层", "Floor"),
    "contact": ("联系人", "Contact person"),
    "given_on": ("接种日期", "Date given"),
    "product": ("疫苗名称", "Vaccine"),
    "maker": ("生产企业", "Manufacturer"),
    "dose_number": ("剂次", "Dose number"),
    "supply_ended": ("因断供换苗", "Supply ended"),
    "lot": ("批号", "Lot"),
    "place": ("接种单位", "Vaccination site"),
    "evidence": ("接种依据", "Evidence"),
    "note": ("备注", "Note"),
    "record": ("记录号", "Record"),
    "copy": ("副本号", "Copy"),
}
DOSE_LABELS: Final[dict[str, tuple[str, str]]] = {
    "on": ("接种日期", "date"),
    "product": ("疫苗名称", "vaccine"),
    "maker": ("生产企业", "manufacturer"),
    "lot": ("批号", "lot"),
    "place": ("接种单位", "site"),
}
