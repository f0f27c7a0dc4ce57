-- The metrics as the catalogue said them in the run shown.
CREATE OR REPLACE VIEW metric_shown AS
SELECT * EXCLUDE (valid_from_run, valid_to_run)
FROM metric_version
WHERE holds_at(valid_from_run, valid_to_run, run_shown());

COMMENT ON VIEW metric_shown IS 'dim_metric as it was in the run shown (the last one, unless as_of_run is set).';
