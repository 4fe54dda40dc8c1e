-- Topics that no source writes: made by hand, or written by transforms.
create table topic (
    id varchar(24) primary key,
    tenant_id varchar(24) not null references tenant (id),
    service_id varchar(24) not null references service (id),
    -- name in Kafka
    topic text not null,
    -- what clients call it
    name text not null,
    -- manual or transforms
    owner_kind varchar(16) not null,
    -- of the transform; a topic made by hand is its own
    owner_id varchar(24) not null,
    created_at bigint not null,
    unique (topic)
);

create index topic_of_service on topic (tenant_id, service_id, created_at, id);

create index topic_of_owner on topic (owner_id);

-- Tags by the database id of the topic, whatever wrote it.
create table topic_tag (
    topic_id varchar(24) not null,
    position integer not null,
    tag_id varchar(64) not null,
    primary key (topic_id, position)
);

create index topic_tag_id on topic_tag (tag_id, topic_id);

-- Topics that are written to a destination without a pipeline.
create table topic_binding (
    id varchar(24) primary key,
    topic text not null,
    destination_id varchar(24) not null references connector (id) on delete cascade,
    created_at bigint not null,
    unique (topic, destination_id)
);

create index topic_binding_of_destination on topic_binding (destination_id, topic);

create index pipeline_topic_name on pipeline_topic (topic, pipeline_id);

-- All topics that clients see, by their owners. The topic of a destination's dead letters has the destination's id.
create view topic_entry as
select t.id as id, t.topic as topic, substr(t.topic, 33) as name, 'sources' as owner_kind, s.id as owner_id,
    s.name as owner_name, s.connector as connector, s.tenant_id as tenant_id, s.service_id as service_id,
    s.created_at as created_at, t.position as position, 0 as dead_letters
from connector s join source_topic t on t.source_id = s.id
where s.deleted = 0 and t.captured = 1
union all
select d.id, 'destination_' || d.id || '.streamkap.deadletterqueue', 'streamkap.deadletterqueue', 'destinations', d.id,
    d.name, d.connector, d.tenant_id, d.service_id, d.created_at, 0, 1
from connector d
where d.kind = 'destination' and d.deleted = 0
union all
select t.id, t.topic, t.name, t.owner_kind, t.owner_id, t.name, null, t.tenant_id, t.service_id, t.created_at, 0, 0
from topic t;
