-- What should run for a source: the document in the control topic is made from its newest run.
create table snapshot_source (
    source_id varchar(24) primary key,
    -- grows with every change that tasks have to know of
    revision bigint not null,
    -- revision of the document that was last written to the control topic
    published bigint not null,
    newest_run varchar(24)
);

create table snapshot_run (
    id varchar(24) primary key,
    source_id varchar(24) not null,
    requested_by text not null,
    submitted_at bigint not null,
    request_id varchar(64),
    surrogate_key text,
    -- JSON, as they were given
    conditions text not null,
    priority text,
    continued_from varchar(24),
    state varchar(16) not null,
    started_at bigint,
    finished_at bigint,
    error text,
    percent double precision
);

create unique index snapshot_run_active on snapshot_run (source_id) where finished_at is null;

create unique index snapshot_run_request on snapshot_run (source_id, request_id);

create index snapshot_run_of_source on snapshot_run (source_id, submitted_at, id);

create table snapshot_topic (
    run_id varchar(24) not null references snapshot_run (id) on delete cascade,
    position integer not null,
    topic text not null,
    name text not null,
    table_schema text not null,
    table_name text not null,
    key_columns text not null,
    filter text,
    start_after text,
    estimate_rows bigint,
    estimate_kind varchar(16),
    delivered_rows bigint not null,
    delivered_bytes bigint not null,
    last_key text,
    chunk_rows integer,
    percent double precision,
    state varchar(16) not null,
    started_at bigint,
    finished_at bigint,
    error text,
    -- of a paused topic: the revision that asked for it, and whether the task has said so
    pause_revision bigint,
    pause_confirmed integer not null,
    -- the revision that the task last reported under
    revision bigint not null,
    primary key (run_id, position)
);

-- The newest run that each topic was part of.
create table snapshot_newest (
    topic varchar(256) primary key,
    run_id varchar(24) not null references snapshot_run (id) on delete cascade,
    position integer not null
);

create table snapshot_audit (
    id varchar(24) primary key,
    at bigint not null,
    subject text not null,
    action varchar(16) not null,
    source_id varchar(24) not null,
    run_id varchar(24) not null,
    -- JSON list of topic names
    topics text not null
);

create index snapshot_audit_of_run on snapshot_audit (run_id, at);

-- The five states that lists of sources and topics show and filter by.
create view source_snapshot as
select s.source_id as source_id,
       case when r.state in ('paused', 'stopping') then 'running' else r.state end as state
from snapshot_source s
join snapshot_run r on r.id = s.newest_run;

create view topic_snapshot as
select n.topic as topic,
       case when t.state in ('paused', 'stopping') then 'running' else t.state end as state
from snapshot_newest n
join snapshot_topic t on t.run_id = n.run_id and t.position = n.position;
