-- The administrative divisions of the bureaus that occur, by GB/T 2260 code.
CREATE TABLE dim_region (
    division_code   VARCHAR PRIMARY KEY,
    division        VARCHAR,
    level           VARCHAR NOT NULL,
    province_code   VARCHAR NOT NULL,
    prefecture_code VARCHAR NOT NULL
);

COMMENT ON TABLE dim_region IS 'Administrative divisions (GB/T 2260) in which a bureau of this warehouse sits.';
COMMENT ON COLUMN dim_region.division_code IS 'Six-digit GB/T 2260 code.';
COMMENT ON COLUMN dim_region.division IS 'Name of the division in Chinese.';
COMMENT ON COLUMN dim_region.level IS 'national, province, prefecture, county or unknown.';
COMMENT ON COLUMN dim_region.province_code IS 'Code of the province: the first two digits and 0000.';
COMMENT ON COLUMN dim_region.prefecture_code IS 'Code of the prefecture: the first four digits and 00.';
