-- A decimal for people: without trailing zeros and without exponent.
CREATE OR REPLACE MACRO plain_number(number) AS
    CASE WHEN contains(CAST(number AS VARCHAR), '.') THEN rtrim(rtrim(CAST(number AS VARCHAR), '0'), '.') ELSE CAST(number AS VARCHAR) END;

COMMENT ON MACRO plain_number IS 'A decimal as text, without trailing zeros and without exponent.';
