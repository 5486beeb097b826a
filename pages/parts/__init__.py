"""Lessons that stand below a page's main picture: a function each, which the page calls."""
