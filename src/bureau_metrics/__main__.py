"""`python -m bureau_metrics` is the command line."""

from bureau_metrics.cli import entry_point

if __name__ == "__main__":
    entry_point()
