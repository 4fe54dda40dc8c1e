package io.millrace.demo;

import io.millrace.testkit.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.OptionalInt;

/** Ports on loopback for the platform of the demo. */
final class Ports {
    private Ports() {}

    /** Returns the wanted port as it is; without a wish {@code usual}, or a free one when that is taken. */
    static int choose(OptionalInt wanted, int usual) {
        if (wanted.isPresent()) {
            return wanted.getAsInt();
        }
        return isFree(usual) ? usual : FreePorts.next();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
