-- Every table, view and macro of this file, each followed by its columns, with types and comments.
WITH object AS (
    SELECT 'table' AS kind, table_name AS name, comment FROM duckdb_tables() WHERE NOT internal AND NOT temporary
    UNION ALL
    SELECT 'view', view_name, comment FROM duckdb_views() WHERE NOT internal AND NOT temporary
    UNION ALL
    SELECT DISTINCT 'macro', function_name || '(' || array_to_string(parameters, ', ') || ')', comment
    FROM duckdb_functions()
    WHERE NOT internal AND function_type IN ('macro', 'table_macro')
)
SELECT kind, name, column_name, type, comment
FROM (
    SELECT kind, name, NULL AS column_name, '' AS type, comment, -1 AS position FROM object
    UNION ALL
    SELECT o.kind, o.name, c.column_name, c.data_type, c.comment, c.column_index
    FROM object AS o
    JOIN duckdb_columns() AS c ON c.table_name = o.name AND NOT c.internal
)
ORDER BY kind, name, position
