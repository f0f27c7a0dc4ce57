-- Every fact belongs to an extraction, every extraction to a document version and a bureau, every metric to the dimension.
SELECT 'facts without an extraction: ' || count(*) AS problem
FROM fact_observation WHERE extraction_id NOT IN (SELECT extraction_id FROM extraction)
HAVING count(*) > 0
UNION ALL
SELECT 'extractions without their document version: ' || count(*)
FROM extraction AS e
WHERE NOT EXISTS (FROM dim_document AS d WHERE d.document_id = e.document_id AND d.content_hash = e.content_hash)
HAVING count(*) > 0
UNION ALL
SELECT 'extractions without their bureau: ' || count(*)
FROM extraction WHERE bureau_id NOT IN (SELECT bureau_id FROM dim_bureau)
HAVING count(*) > 0
UNION ALL
SELECT 'facts of an unknown metric: ' || count(*)
FROM fact_observation WHERE metric IS NOT NULL AND metric NOT IN (SELECT metric FROM dim_metric)
HAVING count(*) > 0
