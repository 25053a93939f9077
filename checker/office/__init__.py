"""Word, HTML and Excel: the law as tracked changes, and documents as a law to be given its meaning."""
