-- A text as a cell of a CSV file: null blank; what a spreadsheet would run as a formula behind an apostrophe; quoted where it has to be.
-- A spreadsheet runs what begins with = + - @, also full-width or behind blanks and marks of order; a text that is nothing but a number
-- stays one. The first character is looked at first, because hardly any text begins so.
CREATE OR REPLACE MACRO csv_text(words) AS
    CASE
        WHEN words IS NULL THEN ''
        WHEN (unicode(words) <= 64 OR unicode(words) IN (133, 160, 5760, 8203, 8232, 8233, 8239, 8287, 12288, 65279, 65291, 65293, 65309, 65312)
              OR unicode(words) BETWEEN 8192 AND 8202)
            AND regexp_matches(words, '^(?:[\s\x0B\x1C-\x1F\x{85}\x{A0}\x{1680}\x{2000}-\x{200B}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}\x{FEFF}]*[=+\-@＝＋－＠]|[\t\r\n])')
            AND NOT regexp_full_match(words, '[+-]?[0-9]+(\.[0-9]+)?%?')
        THEN csv_quoted('''' || words)
        ELSE csv_quoted(words)
    END;

COMMENT ON MACRO csv_text IS 'A text as a cell of a CSV file, harmless in a spreadsheet, quoted where it has to be; null is blank.';
