"""Browser-side parts: one folder each, Python beside plain JavaScript and CSS, no build step."""
