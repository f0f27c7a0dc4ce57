-- The metrics as the catalogue said them from run to run, so that an older state of the warehouse can be shown as it was.
CREATE TABLE metric_version (
    metric         VARCHAR NOT NULL,
    family         VARCHAR NOT NULL,
    name_zh        VARCHAR NOT NULL,
    name_en        VARCHAR NOT NULL,
    unit           VARCHAR NOT NULL,
    measure        VARCHAR NOT NULL,
    scope          VARCHAR NOT NULL,
    additive       BOOLEAN NOT NULL,
    note           VARCHAR,
    in_catalogue   BOOLEAN NOT NULL,
    valid_from_run INTEGER NOT NULL,
    valid_to_run   INTEGER,
    PRIMARY KEY (metric, valid_from_run)
);

-- What a warehouse of before knows of its metrics is taken to hold from its first run on.
INSERT INTO metric_version
SELECT metric, family, name_zh, name_en, unit, measure, scope, additive, note, in_catalogue, 1, NULL
FROM dim_metric;

COMMENT ON TABLE metric_version IS 'The metrics of the catalogue as they were from run to run; dim_metric holds the present state.';
COMMENT ON COLUMN metric_version.metric IS 'Id of the metric, as in facts and exports.';
COMMENT ON COLUMN metric_version.family IS 'Family of metrics, as the catalogue files are named.';
COMMENT ON COLUMN metric_version.name_zh IS 'Chinese name.';
COMMENT ON COLUMN metric_version.name_en IS 'English name.';
COMMENT ON COLUMN metric_version.unit IS 'Canonical unit of levels; growth and ratio are in %, rank in 位, change of a rate in 个百分点.';
COMMENT ON COLUMN metric_version.measure IS 'Default measure: the one whose export column is named by the id alone.';
COMMENT ON COLUMN metric_version.scope IS 'Default scope, taken for figures whose sentence does not say whom they cover: jurisdiction or bureau.';
COMMENT ON COLUMN metric_version.additive IS 'True when the figures of several bureaus may be summed.';
COMMENT ON COLUMN metric_version.note IS 'What counts and what does not.';
COMMENT ON COLUMN metric_version.in_catalogue IS 'False for a metric that older facts name and the catalogue no longer holds.';
COMMENT ON COLUMN metric_version.valid_from_run IS 'First run in which the catalogue said so.';
COMMENT ON COLUMN metric_version.valid_to_run IS 'Run from which on it no longer does; null while it holds.';
