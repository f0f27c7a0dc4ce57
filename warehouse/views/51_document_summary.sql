-- One row a current document: who, which year, and how much was found in it.
CREATE OR REPLACE VIEW document_summary AS
WITH fact AS (
    SELECT
        extraction_id,
        count(*) AS facts,
        count(metric) AS metric_facts,
        count(DISTINCT metric) AS metrics,
        count(*) FILTER (WHERE value = 0 AND status = 'actual') AS stated_zeros,
        count(*) FILTER (WHERE confidence = 'low') AS low_confidence
    FROM fact_observation
    GROUP BY extraction_id
),
numeral AS (
    SELECT
        extraction_id,
        sum(numerals) AS numerals,
        sum(numerals) FILTER (WHERE disposition = 'unresolved') AS unresolved
    FROM ledger_count
    GROUP BY extraction_id
)
SELECT
    e.document_id,
    d.name,
    d.path,
    e.bureau_id,
    coalesce(e.bureau, e.bureau_printed) AS bureau,
    e.division_code,
    e.division,
    e.report_year,
    e.published,
    e.confidence,
    e.doubts,
    d.characters,
    coalesce(f.facts, 0) AS facts,
    coalesce(f.metric_facts, 0) AS metric_facts,
    coalesce(f.metrics, 0) AS metrics,
    coalesce(f.stated_zeros, 0) AS stated_zeros,
    coalesce(f.low_confidence, 0) AS low_confidence,
    CAST(coalesce(n.numerals, 0) AS BIGINT) AS numerals,
    CAST(coalesce(n.unresolved, 0) AS BIGINT) AS unresolved
FROM extraction_shown AS e
JOIN dim_document AS d ON d.document_id = e.document_id AND d.content_hash = e.content_hash
LEFT JOIN fact AS f ON f.extraction_id = e.extraction_id
LEFT JOIN numeral AS n ON n.extraction_id = e.extraction_id;

COMMENT ON VIEW document_summary IS 'One row a current document: identity, number of facts, zeros, and numerals left open.';
COMMENT ON COLUMN document_summary.bureau IS 'Canonical name of the bureau, else the name as printed.';
COMMENT ON COLUMN document_summary.facts IS 'Facts read in it.';
COMMENT ON COLUMN document_summary.metric_facts IS 'Facts with a catalogue metric.';
COMMENT ON COLUMN document_summary.metrics IS 'Different metrics among them.';
COMMENT ON COLUMN document_summary.stated_zeros IS 'Actual facts whose value is 0.';
COMMENT ON COLUMN document_summary.low_confidence IS 'Facts of low confidence, which go to a person.';
COMMENT ON COLUMN document_summary.numerals IS 'Numerals in the text.';
COMMENT ON COLUMN document_summary.unresolved IS 'Numerals that the extractor could not settle.';
