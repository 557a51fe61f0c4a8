"""The rooms behind the product and stock transfer chapters."""
