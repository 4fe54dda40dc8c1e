-- One row. Whoever changes the registry updates it first, so that changes come one after the other.
create table registry_sequence (
    name varchar(16) primary key,
    last_id bigint not null
);

insert into registry_sequence (name, last_id) values ('schema', 0);

-- A schema stays for good, also when no subject has it any more: its id is in records, and is never given to another.
create table registry_schema (
    id bigint primary key,
    tenant_id varchar(24) not null,
    service_id varchar(24) not null,
    fingerprint varchar(64) not null,
    schema_text text not null,
    unique (tenant_id, service_id, fingerprint)
);

create table registry_subject (
    tenant_id varchar(24) not null,
    service_id varchar(24) not null,
    subject varchar(500) not null,
    internal integer not null,
    last_version integer not null,
    created_at bigint not null,
    primary key (tenant_id, service_id, subject)
);

create table registry_version (
    tenant_id varchar(24) not null,
    service_id varchar(24) not null,
    subject varchar(500) not null,
    version integer not null,
    schema_id bigint not null references registry_schema (id),
    deleted integer not null,
    created_at bigint not null,
    primary key (tenant_id, service_id, subject, version),
    foreign key (tenant_id, service_id, subject) references registry_subject (tenant_id, service_id, subject)
);

create index registry_version_of_schema on registry_version (schema_id);

-- Compatibility and mode; the settings of the whole service stand under the empty subject.
create table registry_setting (
    tenant_id varchar(24) not null,
    service_id varchar(24) not null,
    subject varchar(500) not null,
    name varchar(16) not null,
    setting varchar(32) not null,
    primary key (tenant_id, service_id, subject, name)
);
