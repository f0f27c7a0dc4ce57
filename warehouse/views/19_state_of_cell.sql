-- What a cell holds: parts_only where every mention counts a part of the metric only, stated_zero where the document says that there was
-- none, else value.
CREATE OR REPLACE MACRO state_of_cell(narrowed, value, qualifier) AS
    CASE
        WHEN narrowed THEN 'parts_only'
        WHEN value = 0 AND qualifier = 'exact' THEN 'stated_zero'
        ELSE 'value'
    END;

COMMENT ON MACRO state_of_cell IS 'value, stated_zero, or parts_only where there is no figure for the whole metric.';
