-- The facts of new extractions. Facts of a displaced duplicate come from another folder and stay out.
INSERT INTO fact_observation
SELECT
    i.extraction_id, f.fact_id, f.mention_id, f.document_id, f.document, f.start, f."end", f.text, f.metric, f.label, f.narrowed,
    CAST(f.value AS DECIMAL(38, 10)), CAST(f.lower AS DECIMAL(38, 10)), CAST(f.upper AS DECIMAL(38, 10)),
    f.qualifier, f.unit, f.measure, f."of", f.relative_to, f.status, f.year, f.period_start, f.period_end, f.scope, f.part_of,
    f.sentence_start, f.sentence_end, f.sentence, f.section, f.page, f."row", f."column", f.rule, f.term, f.confidence
FROM incoming AS i
JOIN staged_fact AS f
    ON f.document_id = i.document_id AND parse_path(f.filename)[1:-2] = parse_path(i.filename)[1:-2]
WHERE i.state IN ('new', 'changed')
ORDER BY i.extraction_id, f.start, f."end", f.fact_id;
