"""The pages of the register, one module a kind of record."""
