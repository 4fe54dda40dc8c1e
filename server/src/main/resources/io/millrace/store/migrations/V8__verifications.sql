create table verification (
    id varchar(24) primary key,
    pipeline_id varchar(24) not null references pipeline (id) on delete cascade,
    -- subject of the token, or what of the platform's own asked for it
    started_by text not null,
    started_at bigint not null,
    -- 0 or 1
    running integer not null,
    -- the report as clients read it
    document text not null
);

create index verification_of_pipeline on verification (pipeline_id, started_at);
