package io.millrace.database.postgresql;

import io.millrace.database.Check;
import io.millrace.database.ConnectionFailedException;
import io.millrace.database.DatabaseAddress;
import io.millrace.database.TlsMode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.List;

/** The way to the server: its name, its port, its encryption, its door. */
final class NetworkChecks {
    private NetworkChecks() {}

    /** Returns the checks of name and port; the second is missing where the first fails. */
    static List<Check> run(DatabaseAddress address) {
        InetAddress host;
        try {
            host = InetAddress.getByName(address.host());
        } catch (UnknownHostException e) {
            return List.of(Check.failed(
                    CheckNames.DNS,
                    "The host '" + address.host() + "' is not known.",
                    "Check the host name, and that this machine can resolve it."));
        }
        Check dns = Check.passed(CheckNames.DNS, "The host is " + host.getHostAddress() + ".");
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(host, address.port()),
                    Math.toIntExact(address.connectTimeout().toMillis()));
            return List.of(dns, Check.passed(CheckNames.TCP, "The port " + address.port() + " is open."));
        } catch (IOException e) {
            return List.of(
                    dns,
                    Check.failed(
                            CheckNames.TCP,
                            "Nothing answers at " + address.hostAndPort() + ": " + e.getMessage(),
                            "Check host and port, that the server runs and listens there, and the firewalls on the"
                                    + " way."));
        }
    }

    /** Returns the check of the encryption of a session that was had. */
    static Check encryption(DatabaseAddress address) {
        return address.tls() == TlsMode.REQUIRE
                ? Check.passed(CheckNames.TLS, "The connection is encrypted; the certificate is not checked.")
                : Check.passed(CheckNames.TLS, "The connection is not encrypted, as database.sslmode asks.");
    }

    /** Returns the checks of encryption and login after a session was refused. */
    static List<Check> explain(DatabaseAddress address, ConnectionFailedException e) {
        return switch (e.failure()) {
            case TLS_REFUSED, UNREACHABLE, UNKNOWN_HOST, REFUSED ->
                List.of(Check.failed(CheckNames.TLS, String.valueOf(e.getMessage()), e.hint()));
            default ->
                List.of(
                        encryption(address),
                        Check.failed(CheckNames.AUTHENTICATION, String.valueOf(e.getMessage()), e.hint()));
        };
    }
}
