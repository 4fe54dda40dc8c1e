-- Topics that joined a pipeline and are still to be snapshotted for it.
create table pipeline_backfill (
    pipeline_id varchar(24) not null references pipeline (id) on delete cascade,
    topic text not null,
    -- subject of the token of the call that added it, and when that was
    requested_by text not null,
    requested_at bigint not null,
    -- why it could not begin, and when that was tried last
    problem text,
    tried_at bigint,
    primary key (pipeline_id, topic)
);
