"""Benchmarks: every figure beside its ceiling, measured in turn in one run (`make bench`)."""
