-- More reasons for a rejection, since more formats are read.
COMMENT ON COLUMN rejected_document.reason IS 'missing, unreadable, empty, too_large, too_slow, binary, undecodable, unsupported_format, damaged, encrypted, unsafe, no_text, not_fetched, not_a_report, extraction_failed or duplicate_document.';
