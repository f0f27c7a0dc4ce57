-- The administrative divisions of China, for sums over regions: which stood under which in which year. A row is a division under one name
-- and one code for an unbroken run of years. The runs of the warehouse, as everywhere, are in valid_from_run and valid_to_run.
CREATE TABLE dim_division (
    division_code  VARCHAR NOT NULL,
    division       VARCHAR NOT NULL,
    full_name      VARCHAR NOT NULL,
    level          VARCHAR NOT NULL,
    parent_code    VARCHAR,
    valid_from     INTEGER NOT NULL,
    valid_to       INTEGER,
    successor      VARCHAR,
    valid_from_run INTEGER NOT NULL,
    valid_to_run   INTEGER,
    PRIMARY KEY (division_code, valid_from, valid_from_run)
);

COMMENT ON TABLE dim_division IS 'All administrative divisions of China (GB/T 2260) from 1980 on, one row for each run of years under one name and code.';
COMMENT ON COLUMN dim_division.division_code IS 'Six-digit GB/T 2260 code.';
COMMENT ON COLUMN dim_division.division IS 'Name of the division in Chinese, as it was in those years.';
COMMENT ON COLUMN dim_division.full_name IS 'The chain of names from the province down.';
COMMENT ON COLUMN dim_division.level IS 'province, prefecture or county.';
COMMENT ON COLUMN dim_division.parent_code IS 'Code of the division right above; null for a province.';
COMMENT ON COLUMN dim_division.valid_from IS 'First year of the run; 1980 means 1980 or earlier.';
COMMENT ON COLUMN dim_division.valid_to IS 'Last year of the run; null while in force.';
COMMENT ON COLUMN dim_division.successor IS 'Code that the same place bears from the year after on, where it got another code and its name tells so; else null.';
COMMENT ON COLUMN dim_division.valid_from_run IS 'First run in which the lists said so.';
COMMENT ON COLUMN dim_division.valid_to_run IS 'Run from which on they no longer do; null while they do.';
