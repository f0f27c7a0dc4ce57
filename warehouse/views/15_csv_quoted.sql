-- A cell of a CSV file (RFC 4180): in quotes where it holds a comma, a quote or a line end, its own quotes doubled.
CREATE OR REPLACE MACRO csv_quoted(words) AS
    CASE
        WHEN contains(words, ',') OR contains(words, '"') OR contains(words, chr(10)) OR contains(words, chr(13))
        THEN '"' || replace(words, '"', '""') || '"'
        ELSE words
    END;

COMMENT ON MACRO csv_quoted IS 'A cell of a CSV file, in quotes where it has to be (RFC 4180).';
