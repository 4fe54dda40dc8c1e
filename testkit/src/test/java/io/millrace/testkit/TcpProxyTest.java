package io.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Random;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpProxyTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private ServerSocket target;
    private TcpProxy proxy;

    @BeforeEach
    void start() throws IOException {
        target = new ServerSocket(0, 50, LOOPBACK);
        proxy = TcpProxy.to(target.getLocalPort());
    }

    @AfterEach
    void end() throws IOException {
        proxy.close();
        target.close();
    }

    @Test
    void passesBothDirectionsOnAndTheEnd() throws IOException {
        try (Socket client = connect();
                Socket server = target.accept()) {
            client.getOutputStream().write(new byte[] {1, 2, 3});
            assertThat(server.getInputStream().readNBytes(3)).containsExactly(1, 2, 3);
            server.getOutputStream().write(4);
            assertThat(client.getInputStream().read()).isEqualTo(4);

            server.close();

            assertThat(client.getInputStream().read()).isEqualTo(-1);
            Awaitility.await().until(() -> proxy.open() == 0);
        }
    }

    @Test
    void cutsOneConnectionOrAllAndTakesNewOnes() throws IOException {
        try (Socket one = connect();
                Socket ignored = target.accept();
                Socket two = connect();
                Socket alsoIgnored = target.accept()) {
            assertThat(proxy.cut(1, new Random(1))).isEqualTo(1);
            assertThat(proxy.open()).isEqualTo(1);

            proxy.cut();

            for (Socket socket : new Socket[] {one, two}) {
                assertThatThrownBy(() -> socket.getInputStream().read()).hasMessageContaining("reset");
            }
            connect().close();
            target.accept().close();
        }
    }

    @Test
    void refusesNewConnectionsUntilItResumes() throws IOException {
        try (Socket before = connect();
                Socket server = target.accept()) {
            proxy.refuse();
            try (Socket refused = connect()) {
                assertThatThrownBy(() -> refused.getInputStream().read()).hasMessageContaining("reset");
            }
            before.getOutputStream().write(7);
            assertThat(server.getInputStream().read()).isEqualTo(7);

            proxy.resume();

            connect().close();
            target.accept().close();
        }
    }

    @Test
    void holdsBackWithoutAWordWhileItIsStalled() throws IOException {
        try (Socket client = connect();
                Socket server = target.accept()) {
            proxy.stall();
            client.getOutputStream().write(5);
            server.setSoTimeout(200);
            assertThatThrownBy(() -> server.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);

            proxy.resume();

            server.setSoTimeout(0);
            assertThat(server.getInputStream().read()).isEqualTo(5);
        }
    }

    @Test
    void silencesOneConnectionByThePortThatTheTargetSees() throws IOException {
        try (Socket silent = connect();
                Socket server = target.accept();
                Socket other = connect();
                Socket otherServer = target.accept()) {
            proxy.silence(Set.of(server.getPort()));
            silent.getOutputStream().write(5);
            other.getOutputStream().write(6);

            assertThat(otherServer.getInputStream().read()).isEqualTo(6);
            silent.close();
            server.setSoTimeout(200);
            assertThatThrownBy(() -> server.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        }
    }

    private Socket connect() throws IOException {
        return new Socket(LOOPBACK, proxy.port());
    }
}
