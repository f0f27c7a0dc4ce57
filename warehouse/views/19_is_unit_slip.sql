-- Whether one figure is about ten thousand or a hundred million times the other, or such a fraction of it: a slip of 万 or 亿. A factor
-- of 5 to either side is left for what really changed.
CREATE OR REPLACE MACRO is_unit_slip(times) AS (
    abs(abs(log10(times)) - 4) <= log10(5) OR abs(abs(log10(times)) - 8) <= log10(5)
);

COMMENT ON MACRO is_unit_slip IS 'True when a ratio of two figures is about 10^4 or 10^8, or one over that, within a factor of 5.';
