-- The metrics of the catalogue.
CREATE TABLE dim_metric (
    metric       VARCHAR PRIMARY KEY,
    family       VARCHAR NOT NULL,
    name_zh      VARCHAR NOT NULL,
    name_en      VARCHAR NOT NULL,
    unit         VARCHAR NOT NULL,
    measure      VARCHAR NOT NULL,
    scope        VARCHAR NOT NULL,
    additive     BOOLEAN NOT NULL,
    note         VARCHAR,
    in_catalogue BOOLEAN NOT NULL
);

COMMENT ON TABLE dim_metric IS 'What can be compared over bureaus: the metrics of the catalogue.';
COMMENT ON COLUMN dim_metric.metric IS 'Id of the metric, as in facts and exports.';
COMMENT ON COLUMN dim_metric.family IS 'Family of metrics, as the catalogue files are named.';
COMMENT ON COLUMN dim_metric.name_zh IS 'Chinese name.';
COMMENT ON COLUMN dim_metric.name_en IS 'English name.';
COMMENT ON COLUMN dim_metric.unit IS 'Canonical unit of levels; growth and ratio are in %, rank in 位, change of a rate in 个百分点.';
COMMENT ON COLUMN dim_metric.measure IS 'Default measure: the one whose export column is named by the id alone.';
COMMENT ON COLUMN dim_metric.scope IS 'Default scope, taken for figures whose sentence does not say whom they cover: jurisdiction or bureau.';
COMMENT ON COLUMN dim_metric.additive IS 'True when the figures of several bureaus may be summed.';
COMMENT ON COLUMN dim_metric.note IS 'What counts and what does not.';
COMMENT ON COLUMN dim_metric.in_catalogue IS 'False for a metric that older facts name and the catalogue no longer holds.';
