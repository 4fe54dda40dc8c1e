package io.millrace.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A network that fails when it is told to: passes TCP connections on from a port of the loopback address to another.
 *
 * <p>It can {@link #cut} connections, as a firewall or a failover does; {@link #refuse} new ones, as a host without the
 * server does; {@link #silence} one, as a firewall does that forgot it; and {@link #stall}, as a cable does that was pulled
 * out: nothing passes and nobody is told. {@link #resume} ends refusing and stalling. Thread-safe.
 *
 * <pre>{@code
 * try (TcpProxy network = TcpProxy.to(server.port())) {
 *     connectTo("127.0.0.1", network.port());
 *     network.cut();
 * }
 * }</pre>
 */
public final class TcpProxy implements AutoCloseable {
    private static final int BUFFER_BYTES = 16 * 1024;

    private final InetSocketAddress target;
    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "tcp-proxy");
        thread.setDaemon(true);
        return thread;
    });
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Connection> connections = new ArrayList<>();
    private boolean refusing;
    private boolean stalled;
    private boolean closed;

    private TcpProxy(InetSocketAddress target, ServerSocket listener) {
        this.target = target;
        this.listener = listener;
    }

    /** Starts to pass connections on to a port of the loopback address. */
    public static TcpProxy to(int port) {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try {
            TcpProxy proxy = new TcpProxy(new InetSocketAddress(loopback, port), new ServerSocket(0, 50, loopback));
            proxy.threads.execute(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException("No port to listen on", e);
        }
    }

    /** Returns the port to connect to. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Returns how many connections are open. */
    public int open() {
        lock.lock();
        try {
            return connections.size();
        } finally {
            lock.unlock();
        }
    }

    /** Resets all connections. Both ends see it at once; new connections pass. */
    public void cut() {
        taken(Integer.MAX_VALUE, new Random()).forEach(Connection::reset);
    }

    /**
     * Resets some connections, drawn by {@code random}.
     *
     * @return how many there were to be reset
     */
    public int cut(int most, Random random) {
        List<Connection> drawn = taken(most, random);
        drawn.forEach(Connection::reset);
        return drawn.size();
    }

    private List<Connection> taken(int most, Random random) {
        lock.lock();
        try {
            List<Connection> drawn = new ArrayList<>(connections);
            Collections.shuffle(drawn, random);
            drawn = List.copyOf(drawn.subList(0, Math.min(most, drawn.size())));
            connections.removeAll(drawn);
            return drawn;
        } finally {
            lock.unlock();
        }
    }

    /** Resets every new connection until {@link #resume}; those that are open go on. */
    public void refuse() {
        change(() -> refusing = true);
    }

    /** Holds back what is sent in either direction, on new connections too, until {@link #resume}. */
    public void stall() {
        change(() -> stalled = true);
    }

    /**
     * Holds back for good what is sent in either direction on some connections, and tells nobody.
     *
     * @param ports ports by which the target knows the connections
     */
    public void silence(Collection<Integer> ports) {
        change(() -> connections.stream()
                .filter(connection -> ports.contains(connection.server.getLocalPort()))
                .forEach(connection -> connection.silent = true));
    }

    /** Passes everything on again that is not silenced, and first what was held back. */
    public void resume() {
        change(() -> {
            refusing = false;
            stalled = false;
        });
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Resets all connections and listens no more. */
    @Override
    public void close() {
        change(() -> closed = true);
        closeQuietly(listener);
        cut();
        threads.shutdownNow();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                take(listener.accept());
            } catch (IOException e) {
                // a client that was gone at once, or the end
            }
        }
    }

    private void take(Socket client) throws IOException {
        client.setTcpNoDelay(true);
        Connection connection = new Connection(client, new Socket());
        if (!add(connection)) {
            connection.reset();
            return;
        }
        threads.execute(connection::begin);
    }

    private boolean add(Connection connection) {
        lock.lock();
        try {
            return !refusing && !closed && connections.add(connection);
        } finally {
            lock.unlock();
        }
    }

    private void awaitFlow(Connection connection) throws InterruptedException {
        lock.lock();
        try {
            while ((stalled || connection.silent) && !closed) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private static void closeQuietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            // it is closed all the same
        }
    }

    /** A client's connection and ours to the target. */
    private final class Connection {
        private final Socket client;
        private final Socket server;
        private boolean silent;

        Connection(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void begin() {
            try {
                awaitFlow(this);
                server.connect(target);
                server.setTcpNoDelay(true);
                threads.execute(() -> pass(server, client));
                pass(client, server);
            } catch (IOException | InterruptedException e) {
                end();
            }
        }

        /** Passes on what is sent in one direction, to its end. */
        private void pass(Socket from, Socket to) {
            byte[] buffer = new byte[BUFFER_BYTES];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    awaitFlow(this);
                    out.write(buffer, 0, read);
                }
                awaitFlow(this);
            } catch (IOException | InterruptedException e) {
                // one end is gone, and soon the other
            }
            end();
        }

        private void end() {
            change(() -> connections.remove(this));
            closeQuietly(client);
            closeQuietly(server);
        }

        /** Closes without the exchange that says goodbye. */
        void reset() {
            for (Socket socket : List.of(client, server)) {
                try {
                    socket.setSoLinger(true, 0);
                } catch (IOException e) {
                    // closed already
                }
                closeQuietly(socket);
            }
        }
    }
}
