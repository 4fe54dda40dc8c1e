package io.millrace.engine.embedded;

import io.millrace.engine.EngineException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** TCP ports of this machine that are held until all of them are known: a free port let go is free for the next to take. */
final class Ports implements AutoCloseable {
    private final List<ServerSocket> held = new ArrayList<>();

    /**
     * Returns the port when it can be listened on, or a free one for 0, and holds it until this is closed. A taken port
     * is an error with a remedy here, and deep inside the broker only a stack trace.
     */
    int claim(String what, String setting, String bind, int port) {
        try {
            ServerSocket socket = new ServerSocket();
            held.add(socket);
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(bind), port));
            return socket.getLocalPort();
        } catch (UnknownHostException e) {
            throw new EngineException(
                    "the address " + bind + " of the " + what + " is not known; choose one of this machine", e);
        } catch (IOException e) {
            throw new EngineException(
                    "the " + what + " cannot listen on " + bind + ":" + port + " (" + e.getMessage()
                            + "); end what uses the port or choose another one (" + setting + ")",
                    e);
        }
    }

    /** Lets the ports go, for who claimed them to listen on. */
    @Override
    public void close() {
        for (ServerSocket socket : held) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new EngineException("a port that was claimed cannot be let go (" + e.getMessage() + ")", e);
            }
        }
    }
}
