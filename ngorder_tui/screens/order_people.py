"""Receiver and sender of an order: who they are, found by name or phone, or made on the spot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from ngorder_tui.i18n import _
from ngorder_tui.screens.order_items import ORDINARY
from ngorder_tui.widgets.lookup import Choice, LookupInput

if TYPE_CHECKING:
    from ngorder_tui.api.chapters.customer import CustomerRow
    from ngorder_tui.api.chapters.region import RegionRow
    from ngorder_tui.session import Session

SHOWN = 12
"""Customers that are offered at most."""
MOST_WORDS = 50
"""Characters that a customer may be looked for by."""
RECENT = 300.0
"""Seconds for which an answer about customers and regions is recent enough."""


@dataclass(frozen=True, slots=True)
class Person:
    """A customer as an order needs to know them. `category` is the code that prices go by, None if nobody said."""

    key: str
    name: str
    phone: str = ""
    category: str | None = None
    category_name: str = ""
    district: str = ""
    city: str = ""
    province: str = ""
    district_id: int | None = None

    @property
    def place(self) -> str:
        """District and city."""
        return ", ".join(part for part in (self.district, self.city) if part)

    @property
    def facts(self) -> str:
        """What tells them from others."""
        return "  ".join(part for part in (self.phone, self.place, self.category_name) if part)

    @property
    def choice(self) -> Choice:
        """How they are offered."""
        return Choice(self.key, self.name, self.facts)


def person_of(row: CustomerRow) -> Person:
    """The person of a row of customer.list."""
    return Person(
        key=str(row.id),
        name=row.name or "",
        phone=row.phone or "",
        category=row.category_code,
        category_name=row.category or "",
        district=row.district or "",
        city=row.city or "",
        province=row.province or "",
    )


def read_person(content: object) -> Person | None:
    """The person that a draft holds; None for what is none."""
    if not isinstance(content, Mapping):
        return None
    key, name, category, district_id = (content.get(one) for one in ("key", "name", "category", "district_id"))
    if not isinstance(key, str) or not isinstance(name, str):
        return None

    def words(one: str) -> str:
        return str(content.get(one) or "")

    return Person(
        key,
        name,
        phone=words("phone"),
        category=category if isinstance(category, str) else None,
        category_name=words("category_name"),
        district=words("district"),
        city=words("city"),
        province=words("province"),
        district_id=district_id if isinstance(district_id, int) else None,
    )


class People:
    """The customers that were met while this order was made, by their number."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._met: dict[str, Person] = {}

    def meet(self, person: Person) -> None:
        """Remember them; where the district's number was known it stays so."""
        known = self._met.get(person.key)
        if known is not None and person.district_id is None and known.place == person.place:
            person = replace(person, district_id=known.district_id)
        self._met[person.key] = person

    def get(self, key: str) -> Person | None:
        """Who has this number, if they were met."""
        return self._met.get(key)

    async def find(self, words: str) -> Sequence[Choice]:
        """Customers by name or phone. Raises ApiError."""
        from ngorder_tui.screens.calls import chapter

        await chapter("customer")
        from ngorder_tui.api.chapters import customer

        asked = {"per_page": SHOWN} | ({"keyword": words} if words else {})
        page = await self._session.recent(customer.LIST.parse(asked), RECENT)
        found = [person_of(row) for row in page.readable()]
        for person in found:
            self.meet(person)
        return [person.choice for person in found]

    async def district_of(self, key: str) -> Choice | None:
        """The district of this customer, whose number customer.list does not tell. None where it is not clear.

        Raises ApiError.
        """
        person = self._met.get(key)
        if person is None or not person.district:
            return None
        if person.district_id is not None:
            return Choice(str(person.district_id), person.place)
        from ngorder_tui.screens.calls import chapter

        await chapter("region")
        from ngorder_tui.api.chapters import region

        question = region.LIST.parse({"keyword": person.district, "per_page": 100})
        page = await self._session.recent(question, RECENT)
        fitting = [row for row in page.readable() if _is_place(row, person)]
        if len(fitting) != 1:
            return None
        self._met[key] = replace(person, district_id=fitting[0].id)
        return Choice(str(fitting[0].id), person.place)

    async def know(self, key: str) -> bool:
        """Learn the category of somebody of whom only the name is known; whether it is known now. Raises ApiError."""
        person = self._met.get(key)
        if person is None or person.category is not None or not person.name:
            return person is not None and person.category is not None
        await self.find(person.name[:MOST_WORDS])
        return self._met[key].category is not None

    def content(self, keys: Sequence[str]) -> list[dict[str, object]]:
        """These people as JSON values, for a draft."""
        return [asdict(person) for key in dict.fromkeys(keys) if (person := self._met.get(key)) is not None]

    def restore(self, content: object) -> None:
        """Meet those that a draft holds."""
        for one in content if isinstance(content, list) else ():
            if (person := read_person(one)) is not None:
                self.meet(person)


def _is_place(row: RegionRow, person: Person) -> bool:
    def same(left: str | None, right: str) -> bool:
        return (left or "").strip().casefold() == right.strip().casefold()

    return (
        same(row.subdistrict, person.district)
        and (not person.city or same(row.district.name if row.district else "", person.city))
        and (not person.province or same(row.province.name if row.province else "", person.province))
    )


class CustomerInput(LookupInput):
    """A customer, found by name or phone; below stands who it is."""

    def __init__(self, field: str, label: str, people: People, *, required: bool = False) -> None:
        super().__init__(field, label, people.find, required=required)
        self._people = people

    @property
    def person(self) -> Person | None:
        """Who is chosen, as far as is known."""
        chosen = self.chosen
        return None if chosen is None else self._people.get(chosen.key)

    def below(self) -> list[tuple[str, str]]:
        """What is found, or who is chosen."""
        lines = super().below()
        if lines or (person := self.person) is None or not person.facts:
            return lines
        return [(person.facts, "$text-muted")]


class SenderInput(CustomerInput):
    """Who appears as sender: nobody chosen is the receiver himself."""

    def __init__(self, field: str, label: str, people: People, receiver: CustomerInput) -> None:
        super().__init__(field, label, people, required=True)
        self.may_be_blank = True
        self._receiver = receiver

    def typed(self) -> object:
        """The sender's number; the receiver's where the field is empty."""
        return super().typed() if self.text.strip() else self._receiver.typed()

    @property
    def buyer(self) -> Person | None:
        """Whose category the prices go by."""
        return self.person if self.text.strip() else self._receiver.person

    @property
    def category(self) -> str:
        """The category code that prices go by."""
        buyer = self.buyer
        return (buyer.category if buyer else None) or ORDINARY

    def reading(self) -> str:
        """That an empty field means the receiver."""
        return super().reading() if self.text.strip() else _("the receiver")
