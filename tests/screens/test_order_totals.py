"""What an order comes to: integers all the way, by the trade's formula."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from ngorder_tui.sandbox.orders import totals as server
from ngorder_tui.screens.order_totals import Cost, Goods, Totals, add_up, cost_of, line_discount

amounts = st.integers(0, 10**9)
quantities = st.integers(1, 1000)
lines = st.lists(st.builds(Goods, quantities, amounts, st.integers(0, 1000), st.integers(0, 20_000)), max_size=8)
costs = st.lists(
    st.builds(
        Cost,
        st.sampled_from(["DISCOUNT", "OTHER COST", "INSURANCE"]),
        st.sampled_from(["NOMINAL", "PERCENTAGE"]),
        amounts,
        st.integers(0, 100),
    ),
    max_size=6,
)


def test_an_order_by_hand() -> None:
    totals = add_up(
        [Goods(2, 63_000, 1_000, 180), Goods(12, 61_000, 0, 180)],
        [
            Cost("DISCOUNT", "PERCENTAGE", percentage=5),
            Cost("OTHER COST", "NOMINAL", 15_000),
            Cost("INSURANCE", "NOMINAL", 2_000),
        ],
        40_000,
        10_000,
    )
    assert totals.goods == 857_000
    assert totals.discounts == 42_850
    assert totals.total == 857_000 + 30_000 + 15_000 + 2_000 - 42_850
    assert (totals.pieces, totals.grams, totals.kilograms) == (14, 2_520, 3)


@given(lines, costs, amounts, amounts)
def test_the_total_is_the_sum_of_its_parts_and_whole(
    goods: list[Goods], added: list[Cost], rate: int, rate_discount: int
) -> None:
    totals = add_up(goods, added, rate, rate_discount)
    assert all(isinstance(value, int) for value in (totals.goods, totals.total, totals.discounts))
    assert totals.goods == sum(line.quantity * (line.price or 0) - line.discount for line in goods)
    assert totals.total == (
        totals.goods + rate - rate_discount + totals.other_costs + totals.insurance - totals.discounts
    )
    assert totals.unpriced == 0


@given(lines, costs, amounts, amounts)
@example([Goods(1, 199)], [Cost("DISCOUNT", "PERCENTAGE", percentage=1)], 0, 0)
def test_the_embedded_shop_comes_to_the_same(
    goods: list[Goods], added: list[Cost], rate: int, rate_discount: int
) -> None:
    theirs = server.add_up(
        [
            server.Line(
                1, 1, 1, "", "", "", "", "S", 0, line.quantity, line.price or 0, 0, line.weight, "NOMINAL", 0,
                line.discount, 0, None,
            )
            for line in goods
        ],
        [server.Cost(cost.category, "", cost.type, cost.nominal, cost.percentage) for cost in added],
        rate,
        rate_discount,
    )  # fmt: skip
    ours = add_up(goods, added, rate, rate_discount)
    assert ours.total == theirs.total_amount
    assert ours.grams == theirs.weight


@given(quantities, amounts, st.integers(0, 100), amounts, amounts)
def test_a_line_discount(quantity: int, price: int, percentage: int, nominal: int, promo: int) -> None:
    assert line_discount(quantity, price, {"type": "PERCENTAGE", "percentage": percentage}) == (
        quantity * price * percentage // 100
    )
    assert line_discount(quantity, price, {"type": "NOMINAL", "nominal": nominal}) == nominal
    with_promo = {"type": "NOMINAL", "nominal": nominal, "discount_promo": promo}
    assert line_discount(quantity, price, with_promo) == (quantity * promo if promo else nominal)
    assert line_discount(quantity, price, {}) == 0


def test_a_line_whose_price_is_not_known_is_counted_apart() -> None:
    totals = add_up([Goods(2, None, 0, 500), Goods(1, 10_000)])
    assert (totals.goods, totals.unpriced, totals.pieces, totals.grams) == (10_000, 1, 3, 1_000)


def test_a_cost_that_is_only_half_typed_counts_as_nothing() -> None:
    assert add_up([Goods(1, 1_000)], [cost_of({}), cost_of({"category": "DISCOUNT", "nominal": "12x"})]).total == 1_000
    assert cost_of({"category": "DISCOUNT", "type": "PERCENTAGE", "percentage": 5}).amount(1_000) == 50


@given(st.integers(0, 10**6))
def test_a_begun_kilogram_counts_whole(grams: int) -> None:
    kilograms = Totals(grams=grams).kilograms
    assert kilograms >= 1
    assert (kilograms - 1) * 1000 < max(grams, 1) <= kilograms * 1000
