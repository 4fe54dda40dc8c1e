-- Topics that a destination is to begin with anew; it does not take them before that is done.
create table pipeline_reset (
    destination_id varchar(24) not null references connector (id) on delete cascade,
    topic text not null,
    primary key (destination_id, topic)
);
