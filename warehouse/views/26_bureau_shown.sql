-- The bureaus as the documents of the run shown name them, the surest and most complete naming first. Never pooled.
CREATE OR REPLACE VIEW bureau_shown AS
SELECT
    bureau_id, bureau, bureau_printed, division_code, division, level,
    bureau IS NOT NULL AND division_code IS NOT NULL AS known
FROM extraction_shown
QUALIFY row_number() OVER (PARTITION BY bureau_id ORDER BY naming_rank(bureau, division_code, confidence), document_id) = 1;

COMMENT ON VIEW bureau_shown IS 'dim_bureau as it was in the run shown: the bureaus of the documents that were current then.';
COMMENT ON COLUMN bureau_shown.known IS 'True when bureau and division are both settled; false means: review before comparing.';
