-- What one extractor read out of one version of a document, under one identity. Validity from run to run lives here, so fact rows
-- never change: a new reading closes the old row and opens another.
CREATE TABLE extraction (
    extraction_id         INTEGER PRIMARY KEY,
    document_id           VARCHAR NOT NULL,
    content_hash          VARCHAR NOT NULL,
    source_key            VARCHAR NOT NULL,
    extractor_fingerprint VARCHAR NOT NULL,
    confirmed_fingerprint VARCHAR NOT NULL,
    identity_hash         VARCHAR NOT NULL,
    bureau_id             VARCHAR NOT NULL,
    bureau                VARCHAR,
    bureau_printed        VARCHAR,
    division_code         VARCHAR,
    division              VARCHAR,
    level                 VARCHAR NOT NULL,
    report_year           INTEGER,
    published             DATE,
    kind                  VARCHAR,
    confidence            VARCHAR NOT NULL,
    doubts                VARCHAR[] NOT NULL,
    evidence              JSON,
    facts_hash            VARCHAR NOT NULL,
    ledger_hash           VARCHAR NOT NULL,
    facts                 INTEGER NOT NULL,
    valid_from_run        INTEGER NOT NULL,
    valid_to_run          INTEGER
);

COMMENT ON TABLE extraction IS 'Document version × extractor × identity, valid from run to run. One current row (valid_to_run is null) a document.';
COMMENT ON COLUMN extraction.extraction_id IS 'Number of the extraction; fact rows and ledger rows name it.';
COMMENT ON COLUMN extraction.document_id IS 'Document that was read (dim_document).';
COMMENT ON COLUMN extraction.content_hash IS 'Version of the document (dim_document).';
COMMENT ON COLUMN extraction.source_key IS 'Hash of document id, bytes and manifest row: a source with this key and a confirmed fingerprint needs no new reading.';
COMMENT ON COLUMN extraction.extractor_fingerprint IS 'Extractor that made the facts.';
COMMENT ON COLUMN extraction.confirmed_fingerprint IS 'Latest extractor that read exactly the same facts; the old rows are kept then.';
COMMENT ON COLUMN extraction.identity_hash IS 'Hash of the identity columns of this row.';
COMMENT ON COLUMN extraction.bureau_id IS 'Bureau that published the document (dim_bureau).';
COMMENT ON COLUMN extraction.bureau IS 'Canonical full name of the bureau, null where the document does not settle it.';
COMMENT ON COLUMN extraction.bureau_printed IS 'Name of the bureau as printed.';
COMMENT ON COLUMN extraction.division_code IS 'GB/T 2260 code of the division (dim_region).';
COMMENT ON COLUMN extraction.division IS 'Name of the division.';
COMMENT ON COLUMN extraction.level IS 'national, province, prefecture, county or unknown.';
COMMENT ON COLUMN extraction.report_year IS 'Year that the report is about; a figure may be about another (fact_observation.year).';
COMMENT ON COLUMN extraction.published IS 'Date of publication or signature.';
COMMENT ON COLUMN extraction.kind IS 'Kind of report as recognised.';
COMMENT ON COLUMN extraction.confidence IS 'How sure the identity is: high, medium, low.';
COMMENT ON COLUMN extraction.doubts IS 'Fields of the identity that the document does not settle.';
COMMENT ON COLUMN extraction.evidence IS 'Where each field of the identity was read: source, start, end.';
COMMENT ON COLUMN extraction.facts_hash IS 'SHA-256 of the fact records: equal hashes are equal facts.';
COMMENT ON COLUMN extraction.ledger_hash IS 'SHA-256 of the ledger rows and counts.';
COMMENT ON COLUMN extraction.facts IS 'Number of facts.';
COMMENT ON COLUMN extraction.valid_from_run IS 'Run from which on this reading is the current one (etl_run).';
COMMENT ON COLUMN extraction.valid_to_run IS 'Run from which on it no longer is; null while current.';
