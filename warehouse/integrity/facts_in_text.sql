-- The facts of the latest run stand in their sentence where they say they do (in an excerpt of a very long sentence, anywhere).
SELECT 'fact ' || f.fact_id || ' says ' || f.text || ', its sentence in ' || f.document_id || ' has other words there' AS problem
FROM fact_observation AS f
JOIN extraction AS e ON e.extraction_id = f.extraction_id AND e.valid_from_run = (SELECT max(run_id) FROM etl_run)
WHERE CASE
    WHEN length(f.sentence) = f.sentence_end - f.sentence_start
    THEN substring(f.sentence, f.start - f.sentence_start + 1, f."end" - f.start) <> f.text
    ELSE NOT contains(f.sentence, f.text)
END
LIMIT 5
