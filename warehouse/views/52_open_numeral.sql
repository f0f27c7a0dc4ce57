-- Numerals of current documents that no rule could settle, each under an id that survives edits elsewhere in its document: the
-- document, the words around it, and which of the equal numerals in equal words it is.
CREATE OR REPLACE VIEW open_numeral AS
WITH numbered AS (
    SELECT
        e.bureau_id,
        e.document_id,
        l.*,
        left(sha256(concat_ws(
            chr(31), 'numeral', e.document_id, l.words, l.text,
            row_number() OVER (PARTITION BY l.extraction_id, l.words, l.text ORDER BY l.start)
        )), 16) AS mention_id
    FROM ledger AS l
    JOIN extraction_shown AS e ON e.extraction_id = l.extraction_id
)
SELECT
    n.*,
    EXISTS (
        FROM review_decision AS r
        WHERE r.document_id = n.document_id AND r.mention_id = n.mention_id AND holds_at(r.valid_from_run, r.valid_to_run, run_shown())
    ) AS reviewed
FROM numbered AS n;

COMMENT ON VIEW open_numeral IS 'Numerals that a person must see: unresolved or unreadable ones of current documents.';
COMMENT ON COLUMN open_numeral.mention_id IS 'Id that a decision hangs on; it survives edits elsewhere in the document.';
COMMENT ON COLUMN open_numeral.reviewed IS 'True when a reviewer has seen it and found that it is no figure to keep.';
