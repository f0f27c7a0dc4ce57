-- Every fact ever read, with who said it and from which run to which run it was current.
CREATE OR REPLACE VIEW fact_version AS
SELECT
    f.*,
    e.bureau_id,
    e.bureau,
    e.bureau_printed,
    e.division_code,
    e.division,
    e.level,
    e.report_year,
    e.published,
    e.confidence AS identity_confidence,
    e.doubts AS identity_doubts,
    e.content_hash,
    e.valid_from_run,
    e.valid_to_run
FROM fact_observation AS f
JOIN extraction AS e ON e.extraction_id = f.extraction_id;

COMMENT ON VIEW fact_version IS 'All facts, current or not, with the identity of their document and the runs between which they were current.';
COMMENT ON COLUMN fact_version.identity_confidence IS 'How sure the identity of the document is: high, medium, low.';
COMMENT ON COLUMN fact_version.identity_doubts IS 'Fields of the identity that the document does not settle.';
