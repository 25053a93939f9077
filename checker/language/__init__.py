"""From Markdown to declarations: how a specification is written down."""
