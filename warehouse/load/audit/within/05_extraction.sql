-- The readings of the documents of the bureaus that are looked at now (variable part). A temporary table hides the table or view of its
-- name, from views too: what is read over it here is as in the warehouse, of these bureaus only.
CREATE TEMP TABLE extraction AS
SELECT *
FROM extraction
WHERE bureau_id IN (SELECT bureau_id FROM audited_bureau WHERE part = getvariable('part'));
