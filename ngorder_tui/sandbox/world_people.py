"""Customers: buyers, resellers, dropshippers and the shop's own categories."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from ngorder_tui.sandbox.names import FIRST_NAMES, LAST_NAMES, STREETS
from ngorder_tui.sandbox.regions import DISTRICTS, District
from ngorder_tui.sandbox.world_book import Book, Deck, stamp
from ngorder_tui.sandbox.world_shop import CATEGORIES

CATEGORY_NAMES = {code: name for _, code, name, _, _ in CATEGORIES}
DISCOUNT_ACCESS = {code: bool(access) for _, code, _, access, _ in CATEGORIES}
WHOLESALE_ACCESS = {code: bool(access) for _, code, _, _, access in CATEGORIES}
_FIRST_ID = 23001


@dataclass(frozen=True, slots=True)
class Customer:
    """One customer as orders copy him."""

    id: int
    name: str
    phone: str
    street: str
    postal_code: str
    district: District
    category: str
    is_member: bool
    joined: datetime

    @property
    def whole_address(self) -> str:
        """The address as the parcel's label has it."""
        return self.district.whole(self.street, self.postal_code)


def populate(book: Book, count: int) -> list[Customer]:
    """Write `count` customers; give them in the order in which they joined."""
    rng = book.rng
    categories = Deck(rng, ("N", 26), ("Y", 6), ("D", 4), ("1", 2), ("2", 1), ("3", 1))
    registrations = Deck(rng, (("N", "0"), 12), (("Y", "1"), 9), (("T", "T"), 1), (("R", "R"), 1), (("N", "4"), 1))
    # Customers join all through two years; most of them before the oldest order.
    joined = sorted(book.latest - timedelta(minutes=int(1_000_000 * rng.random() ** 0.7)) for _ in range(count))
    customers = []
    for number, at in enumerate(joined):
        is_active, registration = registrations.draw()
        district = rng.choice(DISTRICTS)
        first = rng.choice(FIRST_NAMES)
        customer = Customer(
            id=_FIRST_ID + number,
            name=f"{first} {rng.choice(LAST_NAMES)}",
            phone=f"08110{number + 1:07d}",
            street=f"Jl. {rng.choice(STREETS)} No. {rng.randint(1, 180)}",
            postal_code=rng.choice(district.postal_codes),
            district=district,
            category=categories.draw(),
            is_member=registration == "1",
            joined=at,
        )
        has_email = registration != "0" or number % 3 == 0
        book.add(
            "customer",
            {
                "id": customer.id,
                "name": customer.name,
                "phone": customer.phone,
                "district_id": district.id,
                "address": customer.street,
                "postal_code": customer.postal_code,
                "email": f"{first.lower()}{number + 1}@surat.example" if has_email else None,
                "line": f"{first.lower()}{number + 1}" if number % 11 == 5 else None,
                "other": "Telegram" if number % 17 == 3 else None,
                "category_code": customer.category,
                "is_active": is_active,
                "registration_status": registration,
                "created_by": (5, 8, 9)[number % 3],
                "created_at": stamp(at),
                "updated_at": stamp(at),
            },
        )
        customers.append(customer)
    return customers
