-- One row a bureau. A bureau that a report does not name fully keeps an id of its own and is never pooled with another.
CREATE TABLE dim_bureau (
    bureau_id      VARCHAR PRIMARY KEY,
    bureau         VARCHAR,
    bureau_printed VARCHAR,
    division_code  VARCHAR,
    division       VARCHAR,
    level          VARCHAR NOT NULL,
    known          BOOLEAN NOT NULL
);

COMMENT ON TABLE dim_bureau IS 'The bureaus that published reports. Rows whose bureau is not settled have known = false and an id of their own.';
COMMENT ON COLUMN dim_bureau.bureau_id IS 'Stable id of the bureau; the same for 科技局 and 科学技术局 of one division.';
COMMENT ON COLUMN dim_bureau.bureau IS 'Canonical full name, null where the report does not settle it.';
COMMENT ON COLUMN dim_bureau.bureau_printed IS 'Name as the report prints it.';
COMMENT ON COLUMN dim_bureau.division_code IS 'GB/T 2260 code of its division (dim_region), null where the report does not settle it.';
COMMENT ON COLUMN dim_bureau.division IS 'Name of its division.';
COMMENT ON COLUMN dim_bureau.level IS 'national, province, prefecture, county or unknown.';
COMMENT ON COLUMN dim_bureau.known IS 'True when bureau and division are both settled; false means: review before comparing.';
