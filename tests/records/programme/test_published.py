"""Published files: kept as they came, adopted group by group; what cannot be used is said of each file."""

from __future__ import annotations

import importlib
import io
import zipfile
from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from django.db import connection

from invented import files
from linli import reference
from linli.domain.eligibility import ScheduleError
from linli.records.journal.actions import Who
from linli.records.journal.models import Entry
from linli.records.places.actions import draw_areas
from linli.records.places.models import Area
from linli.records.programme.actions import adopt, choose_drive, import_library, know_vaccines, open_drive
from linli.records.programme.files import MOST_BYTES_EACH, MOST_FILES, packed, received, unpacked
from linli.records.programme.models import Drive, Library, Programme, Vaccine
from linli.records.programme.published import NothingPublishedError
from linli.records.programme.queries import (
    UnknownProgrammeError,
    adoptable,
    current_drive,
    product_words,
    rules,
)

BY = Who("", "test")
NOON = datetime(2026, 1, 5, 4, tzinfo=UTC)
COVID = "covid-19-cn-2021"
AREAS = (("S", ""), ("A", "S"), ("B", "S"))
BOMB = b'<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><antigenSupportingData>&b;</antigenSupportingData>'


def bring(*, version: str = "1.0", at: datetime = NOON, without: str = "", **other: bytes) -> Library:
    """Bring in the invented files, some of them others."""
    wanted = {name: data for name, data in files().items() if name != without}
    wanted |= {name.replace("_", ".").replace("antigen.", "antigen-"): data for name, data in other.items()}
    return import_library(by=BY, files=wanted, version=version, at=at)


@pytest.mark.django_db
def test_every_whole_group_can_be_adopted() -> None:
    library = bring()
    assert (library.code, library.version, library.problems) == ("cdc", "1.0", [])
    assert {group["code"]: group["files"] for group in library.groups if group["name"] in ("Redpox", "Twins")} == {
        "cdc-redpox": ["schedule.xml", "antigen-Redpox.xml"],
        "cdc-twins": ["schedule.xml", "antigen-Twin A.xml", "antigen-Twin B.xml"],
    }
    assert [one.code for one in adoptable()] == [
        COVID, "cdc-bluepox", "cdc-greypox", "cdc-live-one", "cdc-live-two", "cdc-redpox", "cdc-twins",
        "cdc-winterpox",
    ]  # fmt: skip
    line = Entry.objects.get(verb="programme.import_library")
    assert line.detail == {"code": "cdc", "version": "1.0", "new": True, "refused": 0}


@pytest.mark.django_db
def test_the_same_files_are_kept_once() -> None:
    first = bring()
    again = bring(version="2.0")
    assert again == first
    assert Library.objects.get().version == "1.0"


@pytest.mark.django_db
def test_bringing_in_an_older_version_again_goes_back_to_it() -> None:
    first = bring(at=NOON)
    newer = files()["antigen-Redpox.xml"].replace(b"<minAge>6 weeks</minAge>", b"<minAge>7 weeks</minAge>")
    bring(version="1.1", at=NOON + timedelta(days=1), antigen_Redpox_xml=newer)
    assert adopt(by=BY, code="cdc-redpox").version == "1.1"
    assert bring(at=NOON + timedelta(days=2)) == first
    assert adopt(by=BY, code="cdc-redpox").version == "1.0"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "message"),
    [
        (BOMB, "has a document type or entities, which supporting data never has"),
        (b"<html></html>", "is not CDSi supporting data: its root is <html>"),
        (b"<antigenSupportingData>", "is not well-formed XML"),
        (b"<antigenSupportingData></antigenSupportingData>", "expected series of one antigen, found none"),
        (b"", "is not well-formed XML"),
        (files()["antigen-Redpox.xml"], "antigen Redpox stands in another file too"),
    ],
    ids=["bomb", "html", "broken", "empty antigen", "empty", "twice"],
)
def test_a_file_that_cannot_be_used_says_why_and_the_rest_is_kept(data: bytes, message: str) -> None:
    library = bring(zz_xml=data)
    assert [(row["file"], row["message"][: len(message)]) for row in library.problems] == [("zz.xml", message)]
    assert len(library.groups) == 7
    assert library.sha256 == bring().sha256  # what cannot be used is not kept


@pytest.mark.django_db
def test_half_a_group_is_left_out() -> None:
    library = bring(without="antigen-Twin A.xml")
    assert "cdc-twins" not in [group["code"] for group in library.groups]
    assert library.problems == [{"file": "schedule.xml", "message": "vaccine group Twins: no file of Twin A"}]
    with pytest.raises(UnknownProgrammeError):
        adopt(by=BY, code="cdc-twins")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "no file of scheduleSupportingData"),
        ({"a.xml": BOMB}, "a.xml: has a document type or entities, which supporting data never has; no file of"),
        ({"schedule.xml": files()["schedule.xml"]}, "no file of an antigen"),
        ({"schedule.xml": b"<scheduleSupportingData/>"}, "schedule.xml: /cvxToAntigenMap: missing"),
        ({**files(), "again.xml": files()["schedule.xml"]}, "2 files of scheduleSupportingData: again.xml, schedule"),
        ({"schedule.xml": files()["schedule.xml"], "a.xml": files()["antigen-Twin A.xml"]}, "schedule.xml: vaccine gr"),
    ],
    ids=["nothing", "bomb alone", "schedule alone", "empty schedule", "two schedules", "half a group"],
)
def test_where_nothing_can_be_used_nothing_is_kept(given: dict[str, bytes], message: str) -> None:
    with pytest.raises(NothingPublishedError) as refused:
        import_library(by=BY, files=given, version="1.0")
    assert str(refused.value).startswith(message)
    assert not Library.objects.exists()


@pytest.mark.django_db
def test_an_adopted_group_works_by_its_files(django_assert_num_queries: object) -> None:
    bring()
    programme = adopt(by=BY, code="cdc-redpox")
    assert (programme.name, programme.version, programme.group) == ("Redpox", "1.0", "Redpox")
    of = rules(programme)
    assert (of.code, of.version, [group.name for group in of.groups]) == ("cdc-redpox", "1.0", ["Redpox"])
    assert {series.antigen for series in of.series} == {"Redpox"}
    assert [product.code for product in of.own_vaccines] == ["901", "902", "903", "951"]
    again = Programme.objects.get(code="cdc-redpox")
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert rules(again) is of


@pytest.mark.django_db
@pytest.mark.parametrize("said", ["cdc-live-one", "CDC-Live-One", "live ONE", " Live one "])
def test_a_group_is_known_by_its_code_or_its_name(said: str) -> None:
    bring()
    assert adopt(by=BY, code=said).code == "cdc-live-one"


@pytest.mark.django_db
def test_an_unknown_code_names_those_there_are() -> None:
    with pytest.raises(UnknownProgrammeError) as refused:
        adopt(by=BY, code="cdc-redpox")
    assert refused.value.codes == [COVID]


@pytest.mark.django_db
def test_adopting_again_moves_to_the_new_version() -> None:
    bring()
    programme = adopt(by=BY, code="cdc-redpox")
    assert [one.is_newer for one in adoptable() if one.code == "cdc-redpox"] == [False]
    newer = files()["antigen-Redpox.xml"].replace(b"<minAge>6 weeks</minAge>", b"<minAge>7 weeks</minAge>")
    bring(version="1.1", at=NOON + timedelta(days=1), antigen_Redpox_xml=newer)
    old = rules(Programme.objects.get(code="cdc-redpox"))
    assert [one.is_newer for one in adoptable() if one.code == "cdc-redpox"] == [True]
    moved = adopt(by=BY, code="cdc-redpox")
    assert (moved.pk, moved.version) == (programme.pk, "1.1")
    ages = [str(of.series[0].doses[0].ages[0].minimum) for of in (old, rules(moved))]
    assert ages[0] != ages[1]
    assert not any(one.is_newer for one in adoptable())


@pytest.mark.django_db
def test_a_group_that_is_missing_in_the_newest_files_stays_as_it_was() -> None:
    bring()
    bring(version="1.1", at=NOON + timedelta(days=1), without="antigen-Redpox.xml")
    assert {one.code: one.version for one in adoptable() if one.group in ("Redpox", "Greypox")} == {
        "cdc-redpox": "1.0",
        "cdc-greypox": "1.1",
    }


@pytest.mark.django_db
def test_a_vaccine_is_known_once_and_stays_with_its_programme() -> None:
    covid = adopt(by=BY, code=COVID)
    Vaccine.objects.filter(code="BIBP").update(cvx="901")  # invented: a product of ours that the files know by its CVX
    know_vaccines(by=BY, cvx=["902"])
    bring()
    redpox = adopt(by=BY, code="cdc-redpox")
    found = Vaccine.objects.filter(cvx__in=("901", "902", "903", "951")).order_by("cvx")
    assert [(row.code, row.programme) for row in found] == [
        ("BIBP", covid),
        ("902", redpox),
        ("903", redpox),
        ("951", redpox),
    ]
    assert product_words()["901"] == "BIBP"


@pytest.mark.django_db
def test_vaccines_that_went_by_their_number_get_names() -> None:
    bring()
    Vaccine.objects.create(code="902", cvx="902", name="CVX 902", name_en="CVX 902")
    Vaccine.objects.create(code="903", cvx="903", name="我们的名字", name_en="ours")
    adopt(by=BY, code="cdc-redpox")
    found = Vaccine.objects.filter(code__in=("902", "903")).order_by("code")
    assert [(row.name, row.name_en) for row in found] == [("Vaccine 902", "Vaccine 902"), ("我们的名字", "ours")]


@pytest.mark.django_db
def test_every_product_we_can_name_has_its_own_chinese_name() -> None:
    names = reference.product_names()
    assert len(set(names.values())) == len(names)
    assert (names["165"], names["140"], names["88"]) == ("9价HPV疫苗", "三价流感裂解疫苗", "流感疫苗")
    know_vaccines(by=BY, cvx=["165", "999"])
    told = Vaccine.objects.filter(code__in=("165", "999")).order_by("code").values_list("name", "name_en")
    assert list(told) == [("9价HPV疫苗", "CVX 165"), ("CVX 999", "CVX 999")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("901", "901"),
        ("vaccine 902", "902"),
        ("cvx 902", "902"),
        ("931", None),
        ("vaccine 931", None),
        ("流感疫苗", "88"),
        ("510", "BIBP"),
    ],
)
def test_words_that_lists_write(word: str, code: str | None) -> None:
    adopt(by=BY, code=COVID)
    bring()
    adopt(by=BY, code="cdc-redpox")
    assert product_words().get(word) == code


def zipped(entries: dict[str, bytes], **attributes: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = attributes.get(name.partition(".")[0], 0o644) << 16
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def test_a_zip_is_read_without_its_folders() -> None:
    given = received([("files.zip", zipped({"Version 4/XML/a.xml": b"a", "../../b.XML": b"b", "notes.pdf": b"c"}))])
    assert given.files == {"a.xml": b"a", "b.XML": b"b"}
    assert [(one.file, one.message) for one in given.aside] == [("notes.pdf", "not XML")]


def test_what_is_in_a_zip_may_not_fill_the_memory() -> None:
    given = received([("files.zip", zipped({"big.xml": b" " * (MOST_BYTES_EACH + 1), "a.xml": b"a"}))])
    assert list(given.files) == ["a.xml"]
    assert [one.message for one in given.aside] == [f"larger than {MOST_BYTES_EACH // 2**20} MB"]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.zip", zipped({f"{k}.xml": b" " * MOST_BYTES_EACH for k in range(5)}), "more than 500 files or 64 MB"),
        ("a.zip", zipped({f"{k}.xml": b"" for k in range(MOST_FILES + 1)}), "more than 500 files or 64 MB"),
        ("a.zip", b"PK no zip", "is not a zip that can be read"),
        ("a.zip", zipped({"a.xml": b"a" * 5000})[:-60], "is not a zip that can be read"),
    ],
    ids=["bomb", "too many", "no zip", "cut off"],
)
def test_a_zip_that_is_not_taken(name: str, data: bytes, message: str) -> None:
    with pytest.raises(ScheduleError, match=message):
        received([(name, data)])


def test_links_and_second_files_of_a_name_are_left_aside() -> None:
    given = received([("a.zip", zipped({"link.xml": b"/etc/passwd", "a.xml": b"1", "b/a.xml": b"2"}, link=0o120777))])
    assert given.files == {"a.xml": b"1"}
    assert [one.message for one in given.aside] == ["a link, not a file", "another file of this name was taken"]


def test_the_same_files_make_the_same_zip() -> None:
    one, two = {"a.xml": b"a", "b.xml": b"b"}, {"b.xml": b"b", "a.xml": b"a"}
    assert packed(one) == packed(two)
    assert unpacked(packed(one), names=["b.xml"]) == {"b.xml": b"b"}


@pytest.fixture
def two_drives(db: None) -> tuple[Drive, Drive]:
    """A drive of March and one of May in two areas, opened in the order of their days."""
    programme = adopt(by=BY, code=COVID)
    names = {"name_en": "", "kind": "subdistrict", "outline": None}
    draw_areas(by=BY, areas=[{"code": code, "name": code, "parent_code": up, **names} for code, up in AREAS])
    first, second = (Area.objects.get(code=code) for code in "AB")
    return (
        open_drive(by=BY, name="March", programme=programme, area=first, starts_on=date(2021, 3, 1), at=NOON),
        open_drive(by=BY, name="May", programme=programme, area=second, starts_on=date(2021, 5, 1), at=NOON),
    )


def test_the_drive_worked_at_is_the_one_chosen_last(two_drives: tuple[Drive, Drive]) -> None:
    march, may = two_drives
    assert current_drive() == may
    choose_drive(by=BY, drive=march, at=NOON - timedelta(days=9))  # a computer whose clock is behind
    assert current_drive() == march
    opened = open_drive(by=BY, name="again", programme=may.programme, area=may.area, starts_on=date(2026, 1, 1))
    assert (opened, opened.name, current_drive()) == (may, "May", may)
    assert Entry.objects.filter(verb="programme.choose_drive").count() == 1


def test_drives_of_before_were_chosen_by_their_first_day(two_drives: tuple[Drive, Drive]) -> None:
    march, may = two_drives
    Drive.objects.filter(pk=march.pk).update(starts_on=date(2999, 1, 1))
    importlib.import_module("linli.records.migrations.0005_published_schedules")._chosen(apps, connection)
    assert current_drive() == march
    choose_drive(by=BY, drive=may)
    assert current_drive() == may
