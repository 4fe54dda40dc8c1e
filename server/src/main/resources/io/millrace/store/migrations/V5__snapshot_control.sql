-- On which terms a run reads: JSON, as tasks get them. A run from before has none: incremental, without limits.
alter table snapshot_run add column terms text;

-- What the task found when it looked at the table first.
alter table snapshot_topic add column greatest_key text;
alter table snapshot_topic add column marker varchar(16);

-- The proof at the end.
alter table snapshot_topic add column rows_in_table bigint;
alter table snapshot_topic add column keys_delivered bigint;
alter table snapshot_topic add column checked_at bigint;
