"""What counts as sales, for every list and report that adds it up.

Sales are active orders, paid or not, on their order date. Net sales leave out what only passes through: postage,
added costs and insurance. The reference's own figures agree: gross 6,072,064 less postage 1,177,000 is net 4,895,064.
"""

from __future__ import annotations

SOLD = "order_status = 'ACCEPTED' AND order_date BETWEEN ? AND ?"
"""The condition on `orders` for a period: first and last day."""
NET_SALES = "goods_amount - discount_amount"
COST_OF_GOODS = "cost_of_goods_sold + cost_of_goods_sales"
GROSS_PROFIT = f"{NET_SALES} - ({COST_OF_GOODS})"
