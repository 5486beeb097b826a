"""One command prints every figure that the project claims: ``python -m benchmarks``."""
