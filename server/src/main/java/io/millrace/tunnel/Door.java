package io.millrace.tunnel;

import io.millrace.database.ConnectionFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.client.channel.ChannelDirectTcpip;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This side of a tunnel: a loopback port that is open all the time, whatever is behind it. A connection for which there is
 * no way is closed.
 */
final class Door implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Door.class);
    private static final int WAITING = 50;
    private static final int BUFFER = 32 * 1024;

    private final String name;
    private final Behind behind;
    private final ServerSocket socket;
    private final Set<Socket> inside = ConcurrentHashMap.newKeySet();

    private Door(String name, Behind behind, ServerSocket socket) {
        this.name = name;
        this.behind = behind;
        this.socket = socket;
    }

    /** What a door leads to. */
    interface Behind {
        /** Returns a channel for one connection. */
        ChannelDirectTcpip channel() throws ConnectionFailedException;
    }

    /**
     * Opens a door.
     *
     * @param name of its threads
     * @param wanted port that it is to have; another one where that is taken, and any for 0
     */
    static Door open(String name, int wanted, Behind behind) {
        try {
            Door door = new Door(name, behind, bound(wanted));
            TunnelThreads.begin(name + "-door", door::accept);
            return door;
        } catch (IOException e) {
            throw new UncheckedIOException("no port on the loopback address is free for " + name, e);
        }
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Closes the door and every connection through it. */
    @Override
    public void close() {
        close(socket);
        inside.forEach(Door::close);
    }

    private static ServerSocket bound(int wanted) throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        try {
            return bound(new InetSocketAddress(loopback, wanted));
        } catch (IOException e) {
            if (wanted == 0) {
                throw e;
            }
            LOG.warn("Port {} is taken; the tunnel gets another one", wanted);
            return bound(new InetSocketAddress(loopback, 0));
        }
    }

    private static ServerSocket bound(InetSocketAddress address) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(address, WAITING);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket visitor = socket.accept();
                inside.add(visitor);
                TunnelThreads.begin(name + "-out", () -> lead(visitor));
            } catch (IOException e) {
                LOG.debug("{} took no connection", name, e);
            }
        }
    }

    private void lead(Socket visitor) {
        try (visitor;
                ChannelDirectTcpip channel = behind.channel()) {
            visitor.setTcpNoDelay(true);
            TunnelThreads.begin(name + "-in", () -> answer(channel, visitor));
            carry(visitor.getInputStream(), channel.getInvertedIn());
            // The visitor has said all; what the other end still has to say comes on the other thread.
            channel.getInvertedIn().close();
            channel.waitFor(Set.of(ClientChannelEvent.CLOSED), 0L);
        } catch (IOException | ConnectionFailedException e) {
            LOG.debug("{} led nowhere, or broke off", name, e);
        } finally {
            inside.remove(visitor);
        }
    }

    private void answer(ChannelDirectTcpip channel, Socket visitor) {
        try (visitor;
                channel) {
            carry(channel.getInvertedOut(), visitor.getOutputStream());
        } catch (IOException e) {
            LOG.debug("{} broke off", name, e);
        }
    }

    private static void carry(InputStream from, OutputStream to) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            to.write(buffer, 0, read);
            to.flush();
        }
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            LOG.debug("a socket did not close in order", e);
        }
    }
}
