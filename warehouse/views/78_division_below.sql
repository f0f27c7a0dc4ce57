-- Which divisions are added up for which: one row a parent × child level × division, for the years of the division.
--   prefecture   the prefectures right below a province
--   county       the counties right below a prefecture; below a province all of its counties, those of its prefectures and those that it
--                governs itself (济源市 419001, the districts of 北京市, the cities of the corps 659001)
--   right_below  prefectures and counties right below a province, together: what makes up a province that governs counties itself
CREATE OR REPLACE VIEW division_below AS
SELECT parent_code, level AS child_level, division_code, division, level, valid_from, valid_to
FROM division_shown
WHERE parent_code IS NOT NULL
UNION ALL
SELECT left(division_code, 2) || '0000', 'county', division_code, division, level, valid_from, valid_to
FROM division_shown
WHERE level = 'county' AND parent_code <> left(division_code, 2) || '0000'
UNION ALL
SELECT parent_code, 'right_below', division_code, division, level, valid_from, valid_to
FROM division_shown
WHERE parent_code = left(division_code, 2) || '0000';

COMMENT ON VIEW division_below IS 'The divisions that are added up for a parent at each level below it, with the years in which they stood there.';
COMMENT ON COLUMN division_below.parent_code IS 'Province or prefecture that the sum is for.';
COMMENT ON COLUMN division_below.child_level IS 'prefecture, county, or right_below: prefectures and counties right below a province together.';
COMMENT ON COLUMN division_below.valid_from IS 'First year in which the division stood there.';
COMMENT ON COLUMN division_below.valid_to IS 'Last year in which it did; null while it does.';
