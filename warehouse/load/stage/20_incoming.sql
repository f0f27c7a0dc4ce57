-- One row a document of this run, against what the warehouse holds:
--   new        never seen                         changed    other bytes, another identity or other facts: a new extraction
--   confirmed  same facts read by another extractor or from another manifest row: the old extraction stays
--   same       nothing to do
CREATE OR REPLACE TEMP TABLE incoming AS
WITH chosen AS (
    SELECT * EXCLUDE (text) FROM staged_document
    QUALIFY row_number() OVER (PARTITION BY document_id ORDER BY position) = 1
),
compared AS (
    SELECT
        s.*,
        c.extraction_id AS current_extraction_id,
        CASE
            WHEN c.extraction_id IS NULL THEN 'new'
            WHEN c.content_hash <> s.content_hash OR c.identity_hash <> s.identity_hash OR c.facts_hash <> s.facts_hash THEN 'changed'
            WHEN c.confirmed_fingerprint <> s.extractor_fingerprint OR c.source_key <> s.source_key OR c.ledger_hash <> s.ledger_hash
                THEN 'confirmed'
            ELSE 'same'
        END AS state
    FROM chosen AS s
    LEFT JOIN extraction AS c ON c.document_id = s.document_id AND c.valid_to_run IS NULL
)
SELECT
    *,
    CASE
        WHEN state IN ('new', 'changed')
        THEN (SELECT coalesce(max(extraction_id), 0) FROM extraction)
            + row_number() OVER (PARTITION BY state IN ('new', 'changed') ORDER BY position)
        ELSE current_extraction_id
    END AS extraction_id
FROM compared;
