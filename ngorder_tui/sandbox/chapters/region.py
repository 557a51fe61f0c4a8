"""Districts, cities and provinces."""

from __future__ import annotations

import json

from ngorder_tui.sandbox.answering import Answer, Args, Shop, Where, answers, paged

_FROM = " FROM district JOIN city ON city.id = district.city_id JOIN province ON province.id = city.province_id"
_FULL_NAME = "district.name || ', ' || city.name || ', ' || province.name"


@answers("region.list")
def list_regions(shop: Shop, args: Args) -> Answer:
    keyword = args.text("keyword", default="", maximum=100).strip()
    # Documented with a default of 1, but shown with 10.
    window = args.page(10, 100)
    args.check()
    where = Where()
    for word in keyword.replace(",", " ").split():
        where.contains((_FULL_NAME,), word)
    rows = shop.rows(
        "SELECT district.*, city.name AS city, province.id AS province_id, province.name AS province,"
        f" {_FULL_NAME} AS full_name {_FROM}{where.sql}"
        # First the districts that begin with the keyword, then those that hold it, then the rest of their cities.
        " ORDER BY instr(lower(district.name), lower(?)) = 1 DESC, instr(lower(district.name), lower(?)) > 0 DESC,"
        " district.name, district.id LIMIT ? OFFSET ?",
        *where.values,
        keyword,
        keyword,
        window.size,
        window.offset,
    )
    data: list[dict[str, object]] = [
        {
            "_id": row["object_id"],
            "id": row["id"],
            "subdistrict": row["name"],
            "district": {"id": row["city_id"], "name": row["city"]},
            "province": {"id": row["province_id"], "name": row["province"]},
            "fullname": row["full_name"],
            "postal_code": json.loads(row["postal_codes"]),
        }
        for row in rows
    ]
    total = shop.number(f"SELECT count(*) {_FROM}{where.sql}", *where.values)
    return paged(shop, window, data, total, empty_links="{}")


def check_district(shop: Shop, args: Args, name: str, district_id: int | None) -> None:
    """Note on the argument that there is no such district."""
    if district_id is not None and shop.row("SELECT 1 FROM district WHERE id = ?", district_id) is None:
        args.unknown(name)
