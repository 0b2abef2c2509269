"""Statutes, documents, plans, custody without courts and treaties, and the reasons for them."""
