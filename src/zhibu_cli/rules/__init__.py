"""The rules: read from packs, checked for form, evaluated on a ledger. Pure."""
