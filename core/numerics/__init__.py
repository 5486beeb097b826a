"""Number formats and what they do to training and to models: rounding, updates, mixed precision, compression."""
