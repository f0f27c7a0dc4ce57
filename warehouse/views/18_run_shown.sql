-- The run whose state the views show: the last one, or the one set before: SET VARIABLE as_of_run = 3.
CREATE OR REPLACE MACRO run_shown() AS coalesce(CAST(getvariable('as_of_run') AS INTEGER), 2147483647);

COMMENT ON MACRO run_shown IS 'Number of the run whose state the views show: the last one, or the one that the variable as_of_run holds.';
