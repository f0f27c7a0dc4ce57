-- The readings of the documents and bureaus whose lines are made anew. A temporary table hides the table or view of its name, from views
-- too: what is read over it here is as in the warehouse, of these documents and bureaus only.
CREATE TEMP TABLE extraction AS
SELECT *
FROM extraction
WHERE valid_to_run IS NULL
  AND (document_id IN (SELECT unnest($documents::VARCHAR[])) OR bureau_id IN (SELECT unnest($bureaus::VARCHAR[])));
