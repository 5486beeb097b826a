"""Training, one module a model: ``python -m core.training.translation``."""
