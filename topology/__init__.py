"""The full topology on one machine, from wheels and Debian packages: for development, tests, benchmarks, the soak."""
