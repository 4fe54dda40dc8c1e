package io.millrace.connect.snapshot.mariadb;

import java.net.InetAddress;
import java.net.Socket;
import java.util.Optional;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes the driver's sockets, and tells a thread which one it connected by last. The driver's own {@code abort} closes no
 * socket that a call waits at: it asks the server to end the session, which helps nothing when nothing comes from there.
 * Found by its class name.
 */
public final class NotedSockets extends SocketFactory {
    private static final ThreadLocal<@Nullable Socket> NEWEST = new ThreadLocal<>();

    /** Returns the socket that was made last by this thread, once. */
    static Optional<AutoCloseable> takeNewest() {
        Optional<AutoCloseable> newest = Optional.ofNullable(NEWEST.get());
        NEWEST.remove();
        return newest;
    }

    @Override
    public Socket createSocket() {
        Socket socket = new Socket();
        NEWEST.set(socket);
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw refused();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw refused();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw refused();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) {
        throw refused();
    }

    private static UnsupportedOperationException refused() {
        return new UnsupportedOperationException("The driver connects sockets by itself");
    }
}
