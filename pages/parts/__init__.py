"""Parts of pages that are long enough to stand in a file of their own."""
