-- Transformations that a client appends to those that the keys of a connector ask for.
create table smt_chain (
    connector_id varchar(24) primary key references connector (id) on delete cascade,
    -- of the chain, for optimistic locking
    revision integer not null,
    -- of the connector, when the chain was written
    connector_revision bigint not null,
    -- the transformations in order, without secrets, as JSON
    transforms text not null,
    -- sealed, by transformation and place in its configuration, as JSON
    secrets text not null,
    -- what ran before this one, as JSON; null when nothing did
    before_revision integer,
    before_transforms text
);
