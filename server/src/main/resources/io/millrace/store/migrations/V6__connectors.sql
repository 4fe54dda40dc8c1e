-- Sources become one kind of connectors; destinations are the other, and kept alike.
alter table source rename to connector;

alter table connector add column kind varchar(16) not null default 'source';

-- What one source only may use.
create table source_claim (
    source_id varchar(24) primary key references connector (id) on delete cascade,
    db_server text,
    db_name text,
    slot_name text,
    publication_name text
);

insert into source_claim (source_id, db_server, db_name, slot_name, publication_name)
select id, db_server, db_name, slot_name, publication_name from connector;

drop index source_slot;

drop index source_publication;

create index source_slot on source_claim (db_server, db_name, slot_name);

create index source_publication on source_claim (db_server, db_name, publication_name);

alter table connector drop column db_server;

alter table connector drop column db_name;

alter table connector drop column slot_name;

alter table connector drop column publication_name;

drop index source_name;

create unique index connector_name on connector (kind, tenant_id, name) where deleted = 0;

drop index source_of_service;

create index connector_of_service on connector (kind, tenant_id, service_id, created_at, id);

alter table source_tag rename to connector_tag;

alter table connector_tag rename column source_id to connector_id;

drop index source_tag_id;

create index connector_tag_id on connector_tag (tag_id, connector_id);
