create table tenant (
    id varchar(24) primary key,
    name text not null,
    created_at bigint not null
);

create table service (
    id varchar(24) primary key,
    tenant_id varchar(24) not null references tenant (id),
    name text not null,
    created_at bigint not null
);

-- A revoked credential stays, without its secret, so that its tokens can be told from unknown ones.
create table credential (
    client_id varchar(256) primary key,
    tenant_id varchar(24) not null references tenant (id),
    service_id varchar(24) not null references service (id),
    description text,
    created_from varchar(16) not null,
    created_by varchar(256),
    created_at bigint not null,
    secret_hash text not null,
    revoked_at bigint
);

create index credential_of_service on credential (tenant_id, service_id);

create table credential_role (
    client_id varchar(256) not null references credential (client_id),
    role varchar(32) not null,
    primary key (client_id, role)
);

-- Tokens are kept as SHA-256 only: who reads the store cannot use them.
create table token (
    hash varchar(64) primary key,
    kind varchar(8) not null,
    client_id varchar(256) not null references credential (client_id),
    issued_at bigint not null,
    expires_at bigint not null
);

create index token_by_end on token (expires_at);
