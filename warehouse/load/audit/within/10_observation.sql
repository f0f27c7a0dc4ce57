-- The current facts, worked out once for all checks within a bureau. Left out is what no check reads; a check that needs such a column
-- takes it off the list.
CREATE TEMP TABLE observation AS
SELECT * EXCLUDE (
    mention_id, section, page, "column", term, bureau_printed, division_code, division, level, published, identity_confidence,
    identity_doubts, content_hash, valid_from_run, valid_to_run, path
)
FROM observation;
