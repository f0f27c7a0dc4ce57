-- What became of the numerals of a document: one row an extraction and disposition. None is lost.
CREATE TABLE ledger_count (
    extraction_id INTEGER NOT NULL,
    disposition   VARCHAR NOT NULL,
    numerals      INTEGER NOT NULL,
    PRIMARY KEY (extraction_id, disposition)
);

COMMENT ON TABLE ledger_count IS 'Numerals of a document by disposition; their sum is the number of numerals in its text.';
COMMENT ON COLUMN ledger_count.extraction_id IS 'Extraction that disposed of the numerals.';
COMMENT ON COLUMN ledger_count.disposition IS 'fact, or why it is none: date, ordinal, enumerator, name, reference, page_furniture, indefinite, unreadable, condition, lexical, unresolved.';
COMMENT ON COLUMN ledger_count.numerals IS 'How many numerals ended so.';
