-- The newest replay of the dead letters of each destination.
create table dead_letter_replay (
    destination_id varchar(24) primary key references connector (id) on delete cascade,
    -- holding, replaying or completed
    state varchar(16) not null,
    -- offsets in the dead letter topic: the first, and the one behind the last
    from_offset bigint not null,
    to_offset bigint not null,
    -- names that were asked for, as JSON; null for all
    topics text,
    -- 0 or 1
    include_superseded integer not null,
    -- offset in the topic of replayed records that the destination has to reach
    end_offset bigint not null,
    replayed bigint not null,
    superseded bigint not null,
    left_out bigint not null,
    -- subject of the token of the call
    requested_by text not null,
    started_at bigint not null,
    finished_at bigint
);
