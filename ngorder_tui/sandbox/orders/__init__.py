"""What an order is and what may happen to it: the rules that the chapters about orders share."""
