-- What was measured, in rings: a stretch of time takes the slot of the one that is too old. A stretch in which nothing
-- happened has no row.
create table metric_point (
    entity varchar(320) not null,
    -- MINUTE, HOUR or DAY
    resolution varchar(8) not null,
    slot integer not null,
    -- number of the stretch, counted from 1970
    number bigint not null,
    -- of what the store adds up: records and bytes that a source wrote or a destination read, rows of snapshots among them
    records bigint not null,
    bytes bigint not null,
    snapshot_records bigint not null,
    -- JSON
    figures text not null,
    primary key (entity, resolution, slot)
);

create index metric_point_number on metric_point (resolution, number);

-- The newest figures of everything that is measured; counts since it began to be.
create table metric_latest (
    entity varchar(320) primary key,
    measured_at bigint not null,
    records_in bigint not null,
    bytes_in bigint not null,
    records_out bigint not null,
    bytes_out bigint not null,
    errors bigint not null,
    lag bigint,
    -- 95 of 100 changes took at most so many milliseconds, lately
    delay_ms double precision,
    -- of a topic
    last_record_at bigint,
    -- JSON
    figures text not null
);

-- Whose it is that was measured; it stays here, when it is no more, as long as there are figures of it.
create table measured_entity (
    entity varchar(320) primary key,
    -- sources, destinations or pipelines
    kind varchar(16) not null,
    id varchar(24) not null,
    tenant_id varchar(24) not null,
    service_id varchar(24) not null,
    name text not null,
    -- for searches that do not mind the case
    name_lower text not null,
    connector varchar(64)
);

create index measured_entity_of_service on measured_entity (tenant_id, service_id, kind);
