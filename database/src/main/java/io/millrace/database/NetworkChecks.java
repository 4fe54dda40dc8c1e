package io.millrace.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.List;

/** The way to a server: its name, its port, its encryption, its door. Their names begin every validation. */
final class NetworkChecks {
    static final String DNS = "dns";
    static final String TCP = "tcp";
    static final String TLS = "tls";
    static final String AUTHENTICATION = "authentication";

    private NetworkChecks() {}

    /** Returns the checks of name and port; the second is missing where the first fails. */
    static List<Check> run(DatabaseAddress address) {
        InetAddress host;
        try {
            host = InetAddress.getByName(address.host());
        } catch (UnknownHostException e) {
            return List.of(Check.failed(
                    DNS,
                    "The host '" + address.host() + "' is not known.",
                    "Check the host name, and that this machine can resolve it."));
        }
        Check dns = Check.passed(DNS, "The host is " + host.getHostAddress() + ".");
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(host, address.port()),
                    Math.toIntExact(address.connectTimeout().toMillis()));
            return List.of(dns, Check.passed(TCP, "The port " + address.port() + " is open."));
        } catch (IOException e) {
            return List.of(
                    dns,
                    Check.failed(
                            TCP,
                            "Nothing answers at " + address.hostAndPort() + ": " + e.getMessage(),
                            "Check host and port, that the server runs and listens there, and the firewalls on the"
                                    + " way."));
        }
    }

    /** Returns the check of the encryption of a session that was had. */
    static Check encryption(DatabaseAddress address) {
        return Check.passed(
                TLS,
                switch (address.tls()) {
                    case REQUIRE -> "The connection is encrypted; the certificate is not checked.";
                    case PREFER ->
                        "The connection is encrypted where the server offers it; the certificate is not checked.";
                    case DISABLE -> "The connection is not encrypted, as the configuration asks.";
                });
    }

    /** Returns the check of the login of a session that was had. */
    static Check login(DatabaseAddress address) {
        return Check.passed(
                AUTHENTICATION,
                "User '" + address.user() + "' is let "
                        + (address.database().isEmpty() ? "in." : "into database '" + address.database() + "'."));
    }

    /** Returns the checks of encryption and login after a session was refused. */
    static List<Check> explain(DatabaseAddress address, ConnectionFailedException e) {
        return switch (e.failure()) {
            case TLS_REFUSED, UNREACHABLE, UNKNOWN_HOST, REFUSED ->
                List.of(Check.failed(TLS, String.valueOf(e.getMessage()), e.hint()));
            default ->
                List.of(encryption(address), Check.failed(AUTHENTICATION, String.valueOf(e.getMessage()), e.hint()));
        };
    }
}
