-- What differs between the states that two runs published: FROM figure_changes(3, 5). One row a figure.
--   gained, lost   a figure that only the later, or only the earlier state has
--   changed        a figure with another number, metric, measure, year, period, status, scope or bureau; or one whose sentence was
--                  rewritten (paired by document, what is counted, measure and narrowness, in the order of the text)
-- Why: new document, document left, document changed, identity changed, reading changed (by the catalogue or the extractor), or
-- decision (of a reviewer).
CREATE OR REPLACE MACRO figure_changes(run_before, run_after) AS TABLE
WITH earlier AS (
    SELECT *, figure_text(value, lower, upper, qualifier, unit) AS figure FROM observations_as_of(run_before)
),
later AS (
    SELECT *, figure_text(value, lower, upper, qualifier, unit) AS figure FROM observations_as_of(run_after)
),
gone AS (
    SELECT
        document_id, fact_id, coalesce(metric, label) AS counted, measure, narrowed,
        row_number() OVER (PARTITION BY document_id, counted, measure, narrowed ORDER BY start, fact_id) AS place
    FROM earlier
    WHERE (document_id, fact_id) NOT IN (SELECT (document_id, fact_id) FROM later)
),
come AS (
    SELECT
        document_id, fact_id, coalesce(metric, label) AS counted, measure, narrowed,
        row_number() OVER (PARTITION BY document_id, counted, measure, narrowed ORDER BY start, fact_id) AS place
    FROM later
    WHERE (document_id, fact_id) NOT IN (SELECT (document_id, fact_id) FROM earlier)
),
pair AS (
    SELECT document_id, e.fact_id AS earlier_id, l.fact_id AS later_id
    FROM earlier AS e
    JOIN later AS l USING (document_id, fact_id)
    UNION ALL
    SELECT document_id, g.fact_id, c.fact_id
    FROM gone AS g
    FULL JOIN come AS c USING (document_id, counted, measure, narrowed, place)
),
compared AS (
    SELECT
        CASE WHEN e.fact_id IS NULL THEN 'gained' WHEN l.fact_id IS NULL THEN 'lost' ELSE 'changed' END AS change,
        CASE
            WHEN b.extraction_id IS NULL THEN 'new document'
            WHEN a.extraction_id IS NULL THEN 'document left'
            WHEN b.content_hash <> a.content_hash THEN 'document changed'
            WHEN b.identity_hash <> a.identity_hash THEN 'identity changed'
            WHEN b.extraction_id <> a.extraction_id THEN 'reading changed'
            ELSE 'decision'
        END AS reason,
        coalesce(l.bureau_id, e.bureau_id) AS bureau_id,
        coalesce(l.bureau, l.bureau_printed, e.bureau, e.bureau_printed) AS bureau,
        p.document_id,
        coalesce(l.metric, e.metric) AS metric,
        coalesce(l.label, e.label) AS label,
        coalesce(l.measure, e.measure) AS measure,
        e.year AS year_before,
        l.year AS year_after,
        e.figure AS figure_before,
        l.figure AS figure_after,
        e.sentence AS sentence_before,
        l.sentence AS sentence_after,
        e.fact_id AS fact_id_before,
        l.fact_id AS fact_id_after,
        e.fact_id IS NULL OR l.fact_id IS NULL
            OR (e.bureau_id, e.metric, e.measure, e.value, e.lower, e.upper, e.qualifier, e.unit, e.status, e.year, e.period_start,
                e.period_end, e.scope, e.narrowed, e.relative_to)
            IS DISTINCT FROM (l.bureau_id, l.metric, l.measure, l.value, l.lower, l.upper, l.qualifier, l.unit, l.status, l.year,
                l.period_start, l.period_end, l.scope, l.narrowed, l.relative_to) AS differs,
        coalesce(l.start, e.start) AS place
    FROM pair AS p
    LEFT JOIN earlier AS e ON e.document_id = p.document_id AND e.fact_id = p.earlier_id
    LEFT JOIN later AS l ON l.document_id = p.document_id AND l.fact_id = p.later_id
    LEFT JOIN extraction AS b ON b.document_id = p.document_id AND holds_at(b.valid_from_run, b.valid_to_run, run_before)
    LEFT JOIN extraction AS a ON a.document_id = p.document_id AND holds_at(a.valid_from_run, a.valid_to_run, run_after)
)
SELECT * EXCLUDE (differs, place)
FROM compared
WHERE differs
ORDER BY document_id, place, fact_id_before, fact_id_after;

COMMENT ON MACRO TABLE figure_changes IS 'What differs between the states that two runs published: figures gained, lost and changed, with the reason and both sentences.';
