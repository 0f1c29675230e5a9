"""The writer of the case store, which every wing that changes a case calls; it calls none of them."""
