"""The models of Glassbox: attention, Transformers and their decoding, usable without the app."""
