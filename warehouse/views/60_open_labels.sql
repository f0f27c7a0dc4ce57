-- What reports count that the catalogue has no metric for: the commonest come first when ordered by mentions.
CREATE OR REPLACE VIEW open_labels AS
SELECT
    v.label,
    v.unit,
    v.measure,
    count(*) AS mentions,
    count(DISTINCT v.document_id) AS documents,
    count(DISTINCT v.bureau_id) AS bureaus,
    min(v.fact_id) AS example_fact_id
FROM observation AS v
WHERE v.metric IS NULL
GROUP BY ALL;

COMMENT ON VIEW open_labels IS 'Labels of open facts with how often they occur: from these the catalogue grows.';
COMMENT ON COLUMN open_labels.mentions IS 'Facts with this label, unit and measure.';
COMMENT ON COLUMN open_labels.documents IS 'Documents that say it.';
COMMENT ON COLUMN open_labels.bureaus IS 'Bureaus that say it.';
COMMENT ON COLUMN open_labels.example_fact_id IS 'One of the facts, to look at.';
