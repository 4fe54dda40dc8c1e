package io.millrace.engine.embedded;

import io.millrace.engine.EngineException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** TCP ports of this machine. */
final class Ports {
    private Ports() {}

    /**
     * Returns the port when it can be listened on, or a free one for 0. A taken port is an error with a remedy here,
     * and deep inside the broker only a stack trace.
     */
    static int claim(String what, String setting, String bind, int port) {
        try (ServerSocket socket = new ServerSocket()) {
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
}
