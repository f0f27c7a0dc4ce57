-- The numerals that a person must see. All others are counted in ledger_count and can be recomputed from the text.
CREATE TABLE ledger (
    extraction_id INTEGER NOT NULL,
    start         INTEGER NOT NULL,
    "end"         INTEGER NOT NULL,
    text          VARCHAR NOT NULL,
    disposition   VARCHAR NOT NULL,
    rule          VARCHAR NOT NULL,
    words         VARCHAR NOT NULL
);

COMMENT ON TABLE ledger IS 'Numerals that the extractor could not settle (unresolved) or not read (unreadable), for a person to see.';
COMMENT ON COLUMN ledger.extraction_id IS 'Extraction that left the numeral open.';
COMMENT ON COLUMN ledger.start IS 'First code point of the numeral in the canonical text, counted from 0.';
COMMENT ON COLUMN ledger."end" IS 'Code point behind the numeral (end exclusive).';
COMMENT ON COLUMN ledger.text IS 'The numeral as printed.';
COMMENT ON COLUMN ledger.disposition IS 'unresolved or unreadable.';
COMMENT ON COLUMN ledger.rule IS 'Rule that left it open.';
COMMENT ON COLUMN ledger.words IS 'The words around it.';
