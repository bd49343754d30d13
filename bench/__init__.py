"""Owns the benchmarks: one command, one table, every figure beside a floor of the same run."""
