-- Triggers, those of one moment in the order in which they fire. MariaDB reads one folder alone by the schema of the
-- table, not by that of the trigger; they are the same.
SELECT EVENT_OBJECT_SCHEMA, EVENT_OBJECT_TABLE, TRIGGER_NAME, EVENT_MANIPULATION, ACTION_TIMING, ACTION_STATEMENT,
       DEFINER, SQL_MODE
FROM information_schema.TRIGGERS
WHERE EVENT_OBJECT_SCHEMA IN (@schemas)
ORDER BY EVENT_OBJECT_SCHEMA, EVENT_OBJECT_TABLE, ACTION_TIMING, EVENT_MANIPULATION, ACTION_ORDER
