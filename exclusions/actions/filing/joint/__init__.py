"""One statement on many cases: each a response of its own, judged, confirmed and screened together."""
