-- The figures of the wide table, cell by cell, with their words, in the order of bureaus and years.
SELECT
    w.* EXCLUDE (extraction_id, fact_id),
    f.text,
    f.sentence,
    f.document_id,
    f.fact_id
FROM wide_cells($years, $metrics, $bureaus) AS w
LEFT JOIN fact_observation AS f ON f.extraction_id = w.extraction_id AND f.fact_id = w.fact_id
ORDER BY w.division_code NULLS LAST, w.bureau_id, w.year, w.family, w.metric, w.measure, w.scope;
