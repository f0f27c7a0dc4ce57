-- The words between two code-point offsets (from 0, end exclusive) of a canonical text.
CREATE OR REPLACE MACRO sentence_of(canonical_text, first_offset, end_offset) AS
    substring(canonical_text, first_offset + 1, end_offset - first_offset);

COMMENT ON MACRO sentence_of IS 'Text between two code-point offsets, counted from 0, end exclusive.';
