package io.millrace.source;

import io.millrace.connector.Approach;
import io.millrace.connector.ConnectorId;
import io.millrace.connector.Leftovers;
import io.millrace.connector.Pace;
import io.millrace.connector.Reasons;
import io.millrace.store.Store;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drops what deleted sources left in their databases, again and again until it is gone. */
public final class Remnants implements Leftovers {
    private static final Logger LOG = LoggerFactory.getLogger(Remnants.class);

    /** Attempts after which a delete is answered although something is left. */
    private static final int TRIED = 4;

    private final Store store;
    private final RemnantRepository rows;
    private final CaptureTypes types;
    private final Approach approach;
    private final Clock clock;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final Map<String, Pace> paces = new ConcurrentHashMap<>();
    private List<Remnant> left = List.of();

    Remnants(SourceTables tables, CaptureTypes types, Approach approach, Clock clock) {
        this.store = tables.store();
        this.rows = tables.remnants();
        this.types = types;
        this.approach = approach;
        this.clock = clock;
    }

    /** Returns what is left, oldest first. A slot among it makes its server retain log. */
    public List<Remnant> all() {
        return store.read(rows::all);
    }

    /** Returns how many replication slots are left. */
    public long slots() {
        return all().stream()
                .filter(remnant -> remnant.thing().kind() == Made.Kind.SLOT)
                .count();
    }

    @Override
    public boolean areTried(ConnectorId source) {
        return all().stream()
                .filter(remnant -> remnant.source().connectorId().equals(source))
                .allMatch(remnant -> remnant.attempts() >= TRIED);
    }

    @Override
    public void read() {
        left = all();
    }

    @Override
    public void pass(Executor threads, Runnable done) {
        Instant now = clock.instant();
        for (Remnant remnant : left) {
            Pace pace = paces.getOrDefault(remnant.id(), Pace.FRESH);
            if (pace.allows(0, now) && busy.add(remnant.id())) {
                paces.put(remnant.id(), pace.attempted(0, now));
                threads.execute(() -> {
                    try {
                        attempt(remnant);
                    } finally {
                        busy.remove(remnant.id());
                        done.run();
                    }
                });
            }
        }
    }

    private void attempt(Remnant remnant) {
        try {
            drop(remnant);
            store.change(handle -> {
                rows.dropped(handle, remnant.id());
                if (rows.all(handle).stream().noneMatch(other -> other.source().equals(remnant.source()))) {
                    approach.forgotten(handle, remnant.source().connectorId());
                }
            });
            paces.remove(remnant.id());
            LOG.info("Dropped {} of deleted source {} at {}", remnant.thing(), remnant.source(), remnant.server());
        } catch (SQLException | RuntimeException e) {
            String reason = Reasons.of(e);
            store.change(handle -> rows.failed(handle, remnant.id(), reason));
            if (Integer.bitCount(remnant.attempts() + 1) == 1) {
                LOG.warn(
                        "{} of deleted source {} is still at {}{} and will be tried again: {}",
                        remnant.thing(),
                        remnant.source(),
                        remnant.server(),
                        remnant.thing().kind() == Made.Kind.SLOT ? ", where it retains log," : "",
                        reason);
            }
        }
    }

    private void drop(Remnant remnant) throws SQLException {
        types.of(remnant.connector())
                .drop(
                        approach.ofServer(remnant.source().connectorId(), remnant.connector(), remnant.config()),
                        remnant.thing());
    }
}
