-- What is remembered of the SSH tunnel of a connector; the row stays until what a deleted source left behind it is gone.
create table tunnel (
    connector_id varchar(24) primary key,
    -- source or destination
    kind varchar(16) not null,
    -- of the loopback address, so that workers find it again after a restart
    local_port integer not null,
    -- host:port
    ssh_server text not null,
    -- fingerprint of the key that the SSH server showed first
    host_key text not null
);
