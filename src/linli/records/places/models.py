"""The area tree, buildings and doors."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from linli.records.journal.models import new_id


class Area(models.Model):
    """A node of the one area tree of an installation: city, district, subdistrict, committee, grid, of any depth."""

    class Kind(models.TextChoices):
        CITY = "city"
        DISTRICT = "district"
        SUBDISTRICT = "subdistrict"
        COMMITTEE = "committee"
        GRID = "grid"
        OTHER = "other"

    public_id = models.CharField(max_length=16, unique=True, default=new_id)
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.OTHER)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # Codes from the root down, each closed by "/": a subtree is one prefix, and a code never matches half of another.
    path = models.CharField(max_length=400, unique=True)
    outline = models.JSONField(null=True, blank=True)  # GeoJSON geometry, WGS 84

    class Meta:
        db_table = "places_area"
        ordering = ("path",)
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=("city", "district", "subdistrict", "committee", "grid", "other")),
                name="area_kind_known",
            ),
            # A prefix of paths is compared without case on SQLite: two codes must differ in more than that.
            models.UniqueConstraint(Lower("code"), name="area_code_once"),
            models.CheckConstraint(condition=~Q(code__contains="/") & ~Q(code=""), name="area_code_plain"),
        )

    def __str__(self) -> str:
        return self.name


class Building(models.Model):
    """A building in one area: home, office tower, shop or school."""

    class Kind(models.TextChoices):
        RESIDENTIAL = "residential"
        OFFICE = "office"  # an office tower
        SHOP = "shop"
        HOTEL = "hotel"
        SCHOOL = "school"
        HOSPITAL = "hospital"
        MIXED = "mixed"
        PUBLIC = "public"
        OTHER = "other"

    public_id = models.CharField(max_length=16, unique=True, default=new_id)
    code = models.CharField(max_length=40, unique=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160, blank=True)
    address = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.RESIDENTIAL)
    floors = models.PositiveSmallIntegerField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)  # WGS 84, degrees
    lat = models.FloatField(null=True, blank=True)
    outline = models.JSONField(null=True, blank=True)  # GeoJSON geometry, WGS 84

    class Meta:
        db_table = "places_building"
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    kind__in=(
                        "residential",
                        "office",
                        "shop",
                        "hotel",
                        "school",
                        "hospital",
                        "mixed",
                        "public",
                        "other",
                    )
                ),
                name="building_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(lon__isnull=True) | Q(lon__gte=-180, lon__lte=180, lat__gte=-90, lat__lte=90),
                name="building_on_earth",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Door(models.Model):
    """A door of a building: its stair, floor and number."""

    public_id = models.CharField(max_length=16, unique=True, default=new_id)
    building = models.ForeignKey(Building, on_delete=models.PROTECT, related_name="+")
    stair = models.CharField(max_length=20, blank=True)
    number = models.CharField(max_length=40)
    floor = models.SmallIntegerField(null=True, blank=True)

    class Meta:
        db_table = "places_door"
        constraints = (models.UniqueConstraint(fields=("building", "stair", "number"), name="door_once"),)

    def __str__(self) -> str:
        return f"{self.stair} {self.number}".strip()


class StreetNetwork(models.Model):
    """The network of streets that walking distances follow: the one loaded last. Its arrays are one compressed file."""

    class Form(models.TextChoices):
        OSM = "osm"
        PBF = "pbf"
        GEOJSON = "geojson"
        CSV = "csv"

    public_id = models.CharField(max_length=16, unique=True, default=new_id)
    sha256 = models.CharField(max_length=64, unique=True)  # of the file that was handed in
    file_name = models.CharField(max_length=160)
    form = models.CharField(max_length=8, choices=Form.choices)
    attribution = models.CharField(max_length=200, blank=True)  # whose data it is; shown wherever it is used
    content = models.BinaryField()  # arrays as NumPy's .npz, see domain/walking/streets/keeping.py
    node_count = models.PositiveIntegerField()
    edge_count = models.PositiveIntegerField()
    piece_count = models.PositiveIntegerField()
    metres = models.FloatField()
    west = models.FloatField()  # WGS 84, degrees
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    at = models.DateTimeField()
    who_id = models.CharField(max_length=16, blank=True)
    who_name = models.CharField(max_length=120)

    class Meta:
        db_table = "places_street_network"
        constraints = (
            models.CheckConstraint(condition=Q(form__in=("osm", "pbf", "geojson", "csv")), name="streets_form_known"),
            models.CheckConstraint(condition=Q(node_count__gte=2, edge_count__gte=1), name="streets_not_empty"),
        )

    def __str__(self) -> str:
        return self.file_name
