"""Reports of made-up figures by real divisions' bureaus, with the true figures beside the text: `python -m benchmarks.reports`."""
