-- The run whose state is shown: its number, when it started, and the version that ran.
SELECT run_id, started_at, product_version FROM etl_run WHERE run_id <= run_shown() ORDER BY run_id DESC LIMIT 1
