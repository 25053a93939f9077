"""Which rows of tables are as a condition of the law says, and what can be done about them."""
