"""Industrial clusters beside their tables: what the law says of them, how a list and a form ask for them."""
