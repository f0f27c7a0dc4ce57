"""Prefect flows: thin wrappers around the stages of `bureau_metrics.pipeline`. No extraction and no SQL in here."""
