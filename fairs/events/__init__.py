"""Market events beside their tables: how a list, a page and a form ask for them."""
