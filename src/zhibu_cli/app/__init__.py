"""Use cases: plain functions, one for each thing a user can do; nothing is printed or asked here."""
