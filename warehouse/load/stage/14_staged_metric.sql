-- The metrics of the catalogue.
-- Variable: catalogue_metrics (a JSON list).
CREATE OR REPLACE TEMP TABLE staged_metric AS
SELECT unnest(from_json(
    getvariable('catalogue_metrics'),
    '[{"metric": "VARCHAR", "family": "VARCHAR", "name_zh": "VARCHAR", "name_en": "VARCHAR", "unit": "VARCHAR", "measure": "VARCHAR",
       "scope": "VARCHAR", "additive": "BOOLEAN", "note": "VARCHAR"}]'
), recursive := TRUE);
