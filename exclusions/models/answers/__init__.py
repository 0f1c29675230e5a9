"""Tables of what answers people: evidence of words for goods, and what somebody watches."""
