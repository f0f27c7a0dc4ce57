-- The readings of documents that hold in the run shown: one row a document.
CREATE OR REPLACE VIEW extraction_shown AS
SELECT *
FROM extraction
WHERE holds_at(valid_from_run, valid_to_run, run_shown());

COMMENT ON VIEW extraction_shown IS 'One row a document that was current in the run shown (the last one, unless as_of_run is set): who published it, for which year, and how sure that is.';
