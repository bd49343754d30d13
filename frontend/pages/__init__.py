"""Pages by area: each area has its addresses, its views and its forms."""
