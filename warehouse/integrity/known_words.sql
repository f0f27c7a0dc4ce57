-- Words that views and exports compare with are the words of the contract.
SELECT 'fact ' || fact_id || ' has an unknown qualifier, measure, status, scope or confidence' AS problem
FROM fact_observation
WHERE qualifier NOT IN ('exact', 'more_than', 'at_least', 'nearly', 'about', 'at_most', 'less_than', 'range', 'vague')
   OR measure NOT IN ('stock', 'flow', 'growth', 'change', 'ratio', 'rank')
   OR status NOT IN ('actual', 'planned', 'required')
   OR scope NOT IN ('jurisdiction', 'bureau')
   OR confidence NOT IN ('high', 'medium', 'low')
LIMIT 5
