-- A tag without a tenant is built in, and everyone's.
create table tag (
    id varchar(24) primary key,
    tenant_id varchar(24) references tenant (id),
    service_id varchar(24) references service (id),
    name text not null,
    description text,
    -- JSON array of the kinds of records that it may be put on, in alphabetical order
    types text not null,
    created_from varchar(16) not null,
    created_at bigint not null
);

create index tag_of_service on tag (tenant_id, service_id, name);

insert into tag (id, name, description, types, created_from, created_at) values
    ('670e5ca40afe1d3983ce0c22', 'Development', 'For trying out', '["environment"]', 'API', 0),
    ('670e5bab0d119c0d1f8cda9d', 'Production', 'For data that counts', '["environment"]', 'API', 0);

create table pipeline (
    id varchar(24) primary key,
    tenant_id varchar(24) not null references tenant (id),
    service_id varchar(24) not null references service (id),
    name text not null,
    -- for searches that do not mind the case
    name_lower text not null,
    source_id varchar(24) not null references connector (id),
    destination_id varchar(24) not null references connector (id),
    -- as the client sent it: names, topics, transforms, audit
    document text not null,
    desired varchar(16) not null,
    created_from varchar(16) not null,
    created_at bigint not null
);

create unique index pipeline_name on pipeline (tenant_id, service_id, name);

create index pipeline_of_service on pipeline (tenant_id, service_id, created_at, id);

create index pipeline_of_source on pipeline (source_id);

create index pipeline_of_destination on pipeline (destination_id);

create table pipeline_tag (
    pipeline_id varchar(24) not null references pipeline (id) on delete cascade,
    position integer not null,
    tag_id varchar(64) not null,
    primary key (pipeline_id, position)
);

create index pipeline_tag_id on pipeline_tag (tag_id, pipeline_id);

-- Topics that a pipeline takes from its source or from transforms, by their names in Kafka.
create table pipeline_topic (
    pipeline_id varchar(24) not null references pipeline (id) on delete cascade,
    position integer not null,
    topic text not null,
    primary key (pipeline_id, position)
);
