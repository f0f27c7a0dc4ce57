-- Under which codes a division is known: its own, and the one that the same place bore right before or right after. A county that became
-- a district (密云县 110228, 密云区 110118) reports of its earlier years under its present code. Of several rows for a code and a year the
-- one with the least distance is meant.
CREATE OR REPLACE VIEW division_known_as AS
SELECT division_code AS known_as, 0 AS distance, division_code, division, level, parent_code, valid_from, valid_to
FROM division_shown
UNION ALL
SELECT successor, 1, division_code, division, level, parent_code, valid_from, valid_to
FROM division_shown
WHERE successor IS NOT NULL
UNION ALL
SELECT old.division_code, 1, new.division_code, new.division, new.level, new.parent_code, new.valid_from, new.valid_to
FROM division_shown AS old
JOIN division_shown AS new ON new.division_code = old.successor AND new.valid_from = old.valid_to + 1;

COMMENT ON VIEW division_known_as IS 'The codes under which each division may be named: its own, and those right before and after a change of code.';
COMMENT ON COLUMN division_known_as.known_as IS 'Code that a report may give.';
COMMENT ON COLUMN division_known_as.distance IS '0 for the code of the division itself, 1 for the one before or after.';
COMMENT ON COLUMN division_known_as.division_code IS 'Code of the division in its years.';
COMMENT ON COLUMN division_known_as.valid_from IS 'First year in which the division bore its code and name.';
COMMENT ON COLUMN division_known_as.valid_to IS 'Last year in which it did; null while it does.';
