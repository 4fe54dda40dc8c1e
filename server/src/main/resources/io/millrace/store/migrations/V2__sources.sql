create table source (
    id varchar(24) primary key,
    tenant_id varchar(24) not null references tenant (id),
    service_id varchar(24) not null references service (id),
    name text not null,
    -- for searches that do not mind the case
    name_lower text not null,
    connector varchar(64) not null,
    -- as the client sent it, secrets masked
    config text not null,
    -- sealed secrets by key
    secrets text not null,
    desired varchar(16) not null,
    -- grows with every change that the data plane has to follow; applied when it has
    revision bigint not null,
    applied bigint not null,
    -- what it lacks although it runs
    notice text,
    -- how often the offsets were to be forgotten, and how often they were
    resets integer not null,
    resets_done integer not null,
    -- address of what one source only may use
    db_server text,
    db_name text,
    slot_name text,
    publication_name text,
    kc_cluster_id text,
    created_from varchar(16) not null,
    created_at bigint not null,
    -- a deleted source stays until its connector is gone
    deleted integer not null
);

create unique index source_name on source (tenant_id, name) where deleted = 0;

create index source_of_service on source (tenant_id, service_id, created_at, id);

create index source_slot on source (db_server, db_name, slot_name);

create index source_publication on source (db_server, db_name, publication_name);

create table source_tag (
    source_id varchar(24) not null references source (id) on delete cascade,
    position integer not null,
    tag_id varchar(64) not null,
    primary key (source_id, position)
);

create index source_tag_id on source_tag (tag_id, source_id);

-- Every table that the source captured at some time; its id stays the same when it leaves the list and comes back.
create table source_topic (
    id varchar(24) primary key,
    source_id varchar(24) not null references source (id) on delete cascade,
    topic text not null,
    table_schema text not null,
    table_name text not null,
    position integer not null,
    captured integer not null,
    unique (topic)
);

create index source_topic_of_source on source_topic (source_id, position);

-- What Millrace found, or made, in the databases of sources. Written before anything is made.
create table source_object (
    source_id varchar(24) not null references source (id) on delete cascade,
    kind varchar(16) not null,
    name text not null,
    origin varchar(16) not null,
    primary key (source_id, kind)
);

-- What Millrace made for sources that are gone and has still to drop.
create table source_remnant (
    id varchar(24) primary key,
    source_id varchar(24) not null,
    tenant_id varchar(24) not null,
    kind varchar(16) not null,
    name text not null,
    -- how to reach the database: what the source had
    connector varchar(64) not null,
    config text not null,
    secrets text not null,
    db_server text not null,
    left_at bigint not null,
    attempts integer not null,
    last_error text
);
