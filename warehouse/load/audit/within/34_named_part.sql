-- Wholes and their parts, worked out once for the two checks of sums.
CREATE TEMP TABLE named_part AS
SELECT * FROM named_part;
