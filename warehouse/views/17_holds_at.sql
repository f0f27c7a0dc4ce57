-- Whether a row that is valid from one run to another (null: to now) holds in the state that a run published.
CREATE OR REPLACE MACRO holds_at(valid_from_run, valid_to_run, run) AS
    valid_from_run <= run AND (valid_to_run IS NULL OR valid_to_run > run);

COMMENT ON MACRO holds_at IS 'Whether a row that is valid from one run to another (null: to now) holds in the state that a run published.';
