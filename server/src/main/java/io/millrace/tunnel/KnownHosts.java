package io.millrace.tunnel;

import io.millrace.connector.ConnectorId;
import io.millrace.connector.Kind;
import io.millrace.connector.ServerAddress;
import io.millrace.store.Store;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** What is remembered of tunnels: the host key that was seen first, and the port on this side. */
final class KnownHosts {
    private final Store store;

    KnownHosts(Store store) {
        this.store = store;
    }

    /** Returns the fingerprint of the host key that an SSH server showed to a connector first. */
    Optional<String> hostKey(ConnectorId id, ServerAddress server) {
        return store.read(handle -> handle.createQuery(
                        "select host_key from tunnel where connector_id = :id and ssh_server = :server")
                .bind("id", id.value())
                .bind("server", server.key())
                .mapTo(String.class)
                .findOne());
    }

    /**
     * Remembers a tunnel that is open.
     *
     * @param port on this side
     * @param hostKey fingerprint of the key that was shown, and that is the one to be shown from now on
     */
    void remember(ConnectorId id, int port, ServerAddress server, String hostKey) {
        store.change(handle -> handle.createUpdate(
                        """
                        insert into tunnel (connector_id, kind, local_port, ssh_server, host_key)
                        values (:id, :kind, :port, :server, :key)
                        on conflict (connector_id) do update
                        set local_port = excluded.local_port, ssh_server = excluded.ssh_server, host_key = excluded.host_key
                        """)
                .bind("id", id.value())
                .bind("kind", id.kind().noun())
                .bind("port", port)
                .bind("server", server.key())
                .bind("key", hostKey)
                .execute());
    }

    /** Returns the ports on this side. */
    Map<ConnectorId, Integer> ports() {
        return store.read(handle -> handle
                .createQuery("select connector_id, kind, local_port from tunnel")
                .map((row, context) -> Map.entry(
                        new ConnectorId(kind(row.getString("kind")), row.getString("connector_id")),
                        row.getInt("local_port")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** Forgets the host key of every other SSH server than this. */
    void keep(Handle handle, ConnectorId id, ServerAddress server) {
        handle.execute("delete from tunnel where connector_id = ? and ssh_server <> ?", id.value(), server.key());
    }

    /** Forgets all of a connector's tunnel. */
    void forget(Handle handle, ConnectorId id) {
        handle.execute("delete from tunnel where connector_id = ?", id.value());
    }

    private static Kind kind(String noun) {
        return Kind.SOURCE.noun().equals(noun) ? Kind.SOURCE : Kind.DESTINATION;
    }
}
