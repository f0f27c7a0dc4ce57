-- The facts of the latest run stand in the text where they say they do.
SELECT 'fact ' || f.fact_id || ' says ' || f.text || ', document ' || f.document_id || ' has other words there' AS problem
FROM fact_observation AS f
JOIN extraction AS e ON e.extraction_id = f.extraction_id AND e.valid_from_run = (SELECT max(run_id) FROM etl_run)
JOIN dim_document AS d ON d.document_id = e.document_id AND d.content_hash = e.content_hash
WHERE sentence_of(d.text, f.start, f."end") <> f.text
LIMIT 5
