-- Sources that could not be taken, with the reason. A rejection ends when the source is read or fails for another reason.
CREATE TABLE rejected_document (
    document_id    VARCHAR NOT NULL,
    path           VARCHAR NOT NULL,
    reason         VARCHAR NOT NULL,
    detail         VARCHAR NOT NULL,
    hint           VARCHAR NOT NULL,
    valid_from_run INTEGER NOT NULL,
    valid_to_run   INTEGER
);

COMMENT ON TABLE rejected_document IS 'Sources that could not be taken and why. The last good reading of such a document, if any, stays current.';
COMMENT ON COLUMN rejected_document.document_id IS 'Id that the document would have.';
COMMENT ON COLUMN rejected_document.path IS 'Where the source was looked for.';
COMMENT ON COLUMN rejected_document.reason IS 'missing, unreadable, empty, too_large, binary, undecodable, unsupported_format, not_a_report, extraction_failed or duplicate_document.';
COMMENT ON COLUMN rejected_document.detail IS 'What exactly was wrong.';
COMMENT ON COLUMN rejected_document.hint IS 'What a person can do about it.';
COMMENT ON COLUMN rejected_document.valid_from_run IS 'Run that first rejected it so.';
COMMENT ON COLUMN rejected_document.valid_to_run IS 'Run that no longer did; null while it stands.';
