"""Of the code as a whole: its layout, its forms, and the mistakes that tests must notice."""
