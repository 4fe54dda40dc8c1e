package io.millrace.tunnel;

import io.millrace.connector.ConnectorId;
import io.millrace.connector.Reasons;
import io.millrace.connector.ServerAddress;
import io.millrace.database.ConnectionFailedException;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.sshd.client.channel.ChannelDirectTcpip;
import org.apache.sshd.client.session.ClientSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tunnel of one connector. One thread of its own makes the SSH connection, and makes it anew whenever it drops. Thread-safe. */
final class Tunnel implements AutoCloseable {
    static final String LOOPBACK = "127.0.0.1";

    private static final Logger LOG = LoggerFactory.getLogger(Tunnel.class);
    private static final Duration FIRST_WAIT = Duration.ofMillis(500);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);
    private static final Duration OPENS_WITHIN = Duration.ofSeconds(25);

    /** A connection that lasted so long is made anew at once. */
    private static final Duration LASTING = Duration.ofSeconds(5);

    private final ConnectorId id;
    private final SshLogins logins;
    private final KnownHosts known;
    private final Door door;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Optional<TunnelTerms> terms = Optional.empty();
    private State state = new Making(Optional.empty());
    private boolean closed;

    Tunnel(ConnectorId id, int port, SshLogins logins, KnownHosts known) {
        this.id = id;
        this.logins = logins;
        this.known = known;
        door = Door.open("tunnel-" + id.prefix(), port, this::channel);
        TunnelThreads.begin("tunnel-" + id.prefix(), this::keep);
    }

    /** How far it is. */
    private sealed interface State {}

    /** @param after what ended or prevented it before */
    private record Making(Optional<ConnectionFailedException> after) implements State {}

    private record Open(TunnelTerms terms, ClientSession session) implements State {}

    private record Down(ConnectionFailedException reason) implements State {}

    /** Returns the address of this side. */
    ServerAddress door() {
        return new ServerAddress(LOOPBACK, door.port());
    }

    /** Lets it lead elsewhere; does nothing where it leads there already. */
    void lead(TunnelTerms wanted) {
        lock.lock();
        try {
            if (!terms.equals(Optional.of(wanted))) {
                terms = Optional.of(wanted);
                if (state instanceof Open open) {
                    open.session().close(true);
                }
                become(new Making(Optional.empty()));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns what stands in the way, in a sentence. */
    Optional<String> trouble() {
        lock.lock();
        try {
            Optional<ConnectionFailedException> reason = state instanceof Down down
                    ? Optional.of(down.reason())
                    : state instanceof Making making ? making.after() : Optional.empty();
            return reason.map(failure -> failure.getMessage() + " " + failure.hint());
        } finally {
            lock.unlock();
        }
    }

    /** Returns when a connection could be had at its end; if it is down, it is tried again at once. */
    void open() throws ConnectionFailedException {
        lock.lock();
        try {
            if (state instanceof Down down) {
                become(new Making(Optional.of(down.reason())));
            }
        } finally {
            lock.unlock();
        }
        channel().close(false);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (state instanceof Open open) {
                open.session().close(true);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        door.close();
    }

    private ChannelDirectTcpip channel() throws ConnectionFailedException {
        Open open = awaitOpen();
        return logins.channel(open.session(), open.terms());
    }

    private Open awaitOpen() throws ConnectionFailedException {
        lock.lock();
        try {
            long left = OPENS_WITHIN.toNanos();
            while (state instanceof Making && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            if (state instanceof Open open) {
                return open;
            }
            throw notOpen();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notOpen();
        } finally {
            lock.unlock();
        }
    }

    /** Returns why, as an exception of the thread that asks. */
    private ConnectionFailedException notOpen() {
        Optional<ConnectionFailedException> reason = state instanceof Down down
                ? Optional.of(down.reason())
                : state instanceof Making making ? making.after() : Optional.empty();
        ConnectionFailedException why = reason.orElseGet(() -> TunnelFailures.lost(terms.orElseThrow()));
        return new ConnectionFailedException(why.failure(), String.valueOf(why.getMessage()), why.hint(), why);
    }

    private void keep() {
        Duration wait = FIRST_WAIT;
        for (Optional<TunnelTerms> now = next(); now.isPresent(); now = next()) {
            attempt(now.get());
            boolean restedInFull = rest(now.get(), wait);
            Duration longer = wait.multipliedBy(2).compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait.multipliedBy(2);
            wait = restedInFull ? longer : FIRST_WAIT;
        }
    }

    /** Makes the connection and returns when it is gone again. */
    private void attempt(TunnelTerms now) {
        try {
            SshLogins.Login login = logins.login(now, known.hostKey(id, now.server()));
            try (ClientSession session = login.session()) {
                known.remember(id, door.port(), now.server(), login.hostKey());
                if (opened(now, session)) {
                    LOG.info("The tunnel of {} to {} by {} is open", id.prefix(), now.end(), now.server());
                    long begun = System.nanoTime();
                    session.waitFor(EnumSet.of(ClientSession.ClientSessionEvent.CLOSED), 0L);
                    boolean lasted = System.nanoTime() - begun > LASTING.toNanos();
                    ConnectionFailedException lost = TunnelFailures.lost(now);
                    fell(now, lasted ? new Making(Optional.of(lost)) : new Down(lost));
                }
            }
        } catch (ConnectionFailedException e) {
            fell(now, new Down(e));
        } catch (IOException | RuntimeException e) {
            // Nothing that a server says may end this thread, by which the tunnel comes back.
            LOG.error("The tunnel of {} met what it does not know", id.prefix(), e);
            fell(now, new Down(TunnelFailures.refused(now, new IOException(Reasons.of(e), e))));
        }
    }

    private boolean opened(TunnelTerms now, ClientSession session) {
        lock.lock();
        try {
            boolean wanted = !closed && terms.equals(Optional.of(now));
            if (wanted) {
                become(new Open(now, session));
            }
            return wanted;
        } finally {
            lock.unlock();
        }
    }

    private void fell(TunnelTerms now, State next) {
        lock.lock();
        try {
            if (!closed && terms.equals(Optional.of(now))) {
                boolean news =
                        !(state instanceof Making making && making.after().isPresent());
                become(next);
                if (news) {
                    LOG.info(
                            "The tunnel of {} is not open and is made anew: {}",
                            id.prefix(),
                            trouble().orElse(""));
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns where the tunnel is to lead; nothing when it is closed. */
    private Optional<TunnelTerms> next() {
        lock.lock();
        try {
            while (terms.isEmpty() && !closed) {
                changed.awaitUninterruptibly();
            }
            return closed ? Optional.empty() : terms;
        } finally {
            lock.unlock();
        }
    }

    /** Waits before the next attempt, while the tunnel is down and nobody asks for it. Returns whether that was the whole time. */
    private boolean rest(TunnelTerms last, Duration wait) {
        lock.lock();
        try {
            long left = wait.toNanos();
            while (state instanceof Down && !closed && terms.equals(Optional.of(last)) && left > 0) {
                left = changed.awaitNanos(left);
            }
            return left <= 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void become(State next) {
        state = next;
        changed.signalAll();
    }
}
