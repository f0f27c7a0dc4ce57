-- How far a document's naming of its bureau is from sure and complete, 0 the best: a bureau that is not settled is worse than a division
-- that is not, and that worse than an unsure reading. Among several namings of one bureau_id the least rank names the bureau.
CREATE OR REPLACE MACRO naming_rank(bureau, division_code, confidence) AS
    CASE WHEN bureau IS NULL THEN 6 ELSE 0 END
    + CASE WHEN division_code IS NULL THEN 3 ELSE 0 END
    + CASE confidence WHEN 'high' THEN 0 WHEN 'medium' THEN 1 ELSE 2 END;

COMMENT ON MACRO naming_rank IS 'Rank of a naming of a bureau, 0 the best: whether the bureau and its division are settled, then how sure the reading is.';
