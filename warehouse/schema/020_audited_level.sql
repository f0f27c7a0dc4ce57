-- The levels that bureaus are held against each other by, kept from one audit to the next: a run replaces those of the bureaus that it
-- changed, and need not work out the figures of all others again.
CREATE TABLE audited_level (
    bureau_id     VARCHAR NOT NULL,
    metric        VARCHAR NOT NULL,
    measure       VARCHAR NOT NULL,
    scope         VARCHAR,
    year          INTEGER NOT NULL,
    value         DECIMAL(38, 10) NOT NULL,
    lower         DECIMAL(38, 10),
    upper         DECIMAL(38, 10),
    qualifier     VARCHAR NOT NULL,
    unit          VARCHAR NOT NULL,
    extraction_id INTEGER NOT NULL,
    fact_id       VARCHAR NOT NULL
);

COMMENT ON TABLE audited_level IS 'Bureau × metric × measure × scope × year: the levels above zero, of the whole metric and the whole year, that the last audit held against those of other bureaus.';
COMMENT ON COLUMN audited_level.bureau_id IS 'Key of the bureau.';
COMMENT ON COLUMN audited_level.metric IS 'Id of the metric.';
COMMENT ON COLUMN audited_level.measure IS 'stock or flow.';
COMMENT ON COLUMN audited_level.scope IS 'jurisdiction or bureau.';
COMMENT ON COLUMN audited_level.year IS 'Year that the figure is about.';
COMMENT ON COLUMN audited_level.value IS 'Best figure in the unit (best_figure).';
COMMENT ON COLUMN audited_level.lower IS 'Its stated lower bound; null = not bounded below.';
COMMENT ON COLUMN audited_level.upper IS 'Its stated upper bound; null = not bounded above.';
COMMENT ON COLUMN audited_level.qualifier IS 'exact, more_than, at_least, nearly, about, at_most, less_than.';
COMMENT ON COLUMN audited_level.unit IS 'Unit of the value.';
COMMENT ON COLUMN audited_level.extraction_id IS 'Reading that it is of.';
COMMENT ON COLUMN audited_level.fact_id IS 'Fact that stands in the cell.';
