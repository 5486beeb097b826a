"""What the pages share: language, frame, parts. Draws plain arrays; knows no model and no torch."""
