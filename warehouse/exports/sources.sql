-- The documents behind an export, for the sheet of sources and for datapackage.json: those of the bureaus, about the years or with a
-- figure of the years that are exported. A document without any figure of a chosen metric is listed too: its blank was read.
WITH chosen AS (
    SELECT document_id
    FROM extraction_shown
    WHERE $years IS NULL OR report_year IN (SELECT unnest($years::INTEGER[]))
    UNION
    SELECT document_id FROM observation WHERE year IN (SELECT unnest($years::INTEGER[]))
)
SELECT
    e.document_id,
    d.name AS document,
    e.bureau_id,
    coalesce(e.bureau, e.bureau_printed) AS bureau,
    e.division_code,
    e.division,
    e.report_year,
    e.published,
    d.format,
    e.facts,
    e.doubts,
    e.content_hash
FROM extraction_shown AS e
JOIN dim_document AS d ON d.document_id = e.document_id AND d.content_hash = e.content_hash
WHERE e.document_id IN (FROM chosen)
  AND ($bureaus IS NULL OR e.bureau_id IN (SELECT unnest($bureaus::VARCHAR[])))
ORDER BY e.division_code NULLS LAST, e.bureau_id, e.report_year, e.document_id;
