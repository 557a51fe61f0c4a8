"""How far each parcel has got by this morning, and what its courier has noted on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from ngorder_tui.sandbox.world_book import Book, Deck, stamp
from ngorder_tui.sandbox.world_people import Customer
from ngorder_tui.sandbox.world_trade import Courier

_USUAL, _LEFT_LYING = "USUAL", "LEFT_LYING"
_MISHAPS = {
    "RETURNED": ("RETURN", "Paket dikembalikan ke pengirim, penerima tidak dapat dihubungi"),
    "LOST": ("LOST", "Paket tidak ditemukan di gudang transit"),
    "INVALID": ("INVALID", "Nomor resi tidak dikenali"),
    "SHIPMENT_PROBLEM": ("PROBLEM", "Alamat tidak lengkap, paket ditahan di gudang"),
}


@dataclass
class Parcel:
    """The shipment's part of an order."""

    progress: str = "NO AWB"
    shipment_status: str | None = None
    service: str | None = None
    requested_at: datetime | None = None
    awb_number: str | None = None
    awb_at: datetime | None = None
    delivered_at: datetime | None = None
    seen_at: datetime | None = None
    tracking: list[tuple[datetime, str, str]] = field(default_factory=list)


class Dispatch:
    """Sends parcels off."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._event = book.writer("tracking", "order_id at code location")
        rare = ("UNPICK", "DROPOFF", "PICKUP_REQUEST", *_MISHAPS)
        self._courses = Deck(
            book.rng, (_USUAL, 90), (_LEFT_LYING, 7), *((course, 1) for course in rare), ("DROPOFF", 3)
        )

    def send(self, order_id: int, ready: datetime, courier: Courier, origin_city: str, receiver: Customer) -> Parcel:
        """The parcel of an order that could leave from `ready` on."""
        book, latest = self._book, self._book.latest
        course = self._courses.draw()
        parcel = Parcel(shipment_status="READY_TO_SHIP")
        asked = book.after(ready, 1, 20)
        if asked > latest or course == _LEFT_LYING:
            return parcel
        fetched = book.after(asked, 2, 20)
        drops_off = course == "DROPOFF"
        if drops_off and fetched > latest:
            return parcel
        parcel.service = "DROP_OFF" if drops_off else "PICKUP"
        parcel.requested_at = parcel.seen_at = asked
        if fetched > latest or course in {"PICKUP_REQUEST", "UNPICK"}:
            parcel.shipment_status = "UNPICK" if course == "UNPICK" else "PICKUP_REQUEST"
            return parcel
        parcel.progress = "ON PROCESS"
        parcel.awb_number = f"{courier.awb_prefix}{order_id:07d}{book.rng.randrange(1000):03d}"
        parcel.awb_at = fetched
        left = book.after(fetched, 5, 16)
        arrived = book.after(left, 10, 90)
        delivered = book.after(arrived, 2, 9)
        city = receiver.district.city
        way = [
            (asked, "PICKREQ", f"Permintaan jemput diterima dari {origin_city}"),
            (fetched, "IN", f"Paket diterima di gudang {origin_city}"),
            (left, "OUT", f"Paket berangkat dari {origin_city} menuju {city}"),
            (arrived, "ANT", f"Paket dibawa kurir di {receiver.district.name}, {city}"),
            (delivered, "DELIVERED", f"Paket diterima oleh {receiver.name}"),
        ]
        if drops_off:
            way = [(fetched, "DROPOFF", f"Paket diserahkan di gerai {origin_city}"), *way[2:]]
        if course in _MISHAPS:
            way[-1] = (delivered, *_MISHAPS[course])
        parcel.tracking = [event for event in way if event[0] <= latest]
        parcel.seen_at, code, _ = parcel.tracking[-1]
        parcel.shipment_status = "DROPOFF" if code == "DROPOFF" else "ON_PROCESS"
        if delivered <= latest:
            if course in _MISHAPS:
                parcel.shipment_status = course
            else:
                parcel.shipment_status = parcel.progress = "DELIVERED"
                parcel.delivered_at = delivered
        return parcel

    def note(self, order_id: int, parcel: Parcel) -> None:
        """Write what the courier has noted."""
        for at, code, location in parcel.tracking:
            self._event(order_id, stamp(at), code, location)
