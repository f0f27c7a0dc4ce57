"""Made-up reports of real divisions' bureaus, with the true figures beside the text: `python -m benchmarks.reports`."""
