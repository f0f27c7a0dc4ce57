-- The lists of divisions as they were in the run shown.
CREATE OR REPLACE VIEW division_shown AS
SELECT * EXCLUDE (valid_from_run, valid_to_run)
FROM dim_division
WHERE holds_at(valid_from_run, valid_to_run, run_shown());

COMMENT ON VIEW division_shown IS 'dim_division as it was in the run shown (the last one, unless as_of_run is set): all divisions from 1980 on, by code and years.';
COMMENT ON COLUMN division_shown.valid_from IS 'First year of the run of years; 1980 means 1980 or earlier.';
COMMENT ON COLUMN division_shown.valid_to IS 'Last year of the run of years; null while in force.';
