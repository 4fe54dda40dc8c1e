package io.millrace.destination.redis;

import io.millrace.destination.NetworkHost;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Asks a Redis server in its own protocol. Used by one thread. */
final class RedisTalk implements AutoCloseable {
    private static final int LONGEST_ANSWER = 1_000_000;

    private final Socket socket;
    private final InputStream in;

    /** The server answered with an error. */
    static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        RefusedException(String reason) {
            super(reason);
        }
    }

    private RedisTalk(Socket socket) throws IOException {
        this.socket = socket;
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Connects; with TLS, the certificate must be one that this JVM trusts and be for that host. */
    static RedisTalk open(NetworkHost host, boolean tls, Duration limit) throws IOException {
        Socket plain = new Socket();
        try {
            int millis = (int) Math.max(1, limit.toMillis());
            plain.connect(new InetSocketAddress(host.name(), host.port()), millis);
            plain.setSoTimeout(millis);
            return new RedisTalk(tls ? encrypted(plain, host) : plain);
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    private static Socket encrypted(Socket plain, NetworkHost host) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket socket = (SSLSocket) factory.createSocket(plain, host.name(), host.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    /**
     * Sends a command and returns the text of its answer.
     *
     * @throws RefusedException when the server answers with an error
     */
    String ask(String... words) throws IOException {
        ByteArrayOutputStream command = new ByteArrayOutputStream();
        command.write(ascii("*" + words.length + "\r\n"));
        for (String word : words) {
            byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
            command.write(ascii("$" + bytes.length + "\r\n"));
            command.write(bytes);
            command.write(ascii("\r\n"));
        }
        socket.getOutputStream().write(command.toByteArray());
        String first = line();
        return switch (first.isEmpty() ? ' ' : first.charAt(0)) {
            case '+', ':' -> first.substring(1);
            case '-' -> throw new RefusedException(first.substring(1));
            case '$' -> bulk(first.substring(1));
            default -> throw new IOException("the answer is not one of Redis");
        };
    }

    private String bulk(String length) throws IOException {
        int bytes;
        try {
            bytes = Integer.parseInt(length);
        } catch (NumberFormatException e) {
            throw new IOException("the answer is not one of Redis", e);
        }
        if (bytes < 0 || bytes > LONGEST_ANSWER) {
            return "";
        }
        byte[] text = in.readNBytes(bytes);
        line();
        return new String(text, StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (line.size() > LONGEST_ANSWER) {
                throw new IOException("the answer is not one of Redis");
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
