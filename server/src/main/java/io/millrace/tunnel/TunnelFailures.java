package io.millrace.tunnel;

import io.millrace.connector.ServerAddress;
import io.millrace.database.ConnectionFailedException;
import io.millrace.database.ConnectionFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.security.PublicKey;
import java.sql.SQLException;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.jspecify.annotations.Nullable;

/** Puts into words why a tunnel is not open, each with its remedy. */
final class TunnelFailures {
    /** SQL state of a connection that cannot be made. */
    private static final String NO_CONNECTION = "08001";

    private TunnelFailures() {}

    static ConnectionFailedException unknownHost(TunnelTerms terms) {
        return failure(
                ConnectionFailure.UNKNOWN_HOST,
                "The host '" + terms.server().host() + "' of the SSH server is not known.",
                "Check 'ssh.host', and that this machine can resolve it.",
                new IOException("unresolved"));
    }

    /** Returns the words for a server to which there is no connection. */
    static ConnectionFailedException unreached(TunnelTerms terms, IOException e) {
        if (has(e, ConnectException.class)) {
            return failure(
                    ConnectionFailure.REFUSED,
                    "No SSH server listens at " + terms.server() + ".",
                    "Check 'ssh.host' and 'ssh.port', that the SSH server runs, and the firewalls on the way.",
                    e);
        }
        return failure(
                ConnectionFailure.UNREACHABLE,
                "The SSH server at " + terms.server() + " does not answer: " + words(e) + ".",
                "Check 'ssh.host' and 'ssh.port', and the firewalls on the way.",
                e);
    }

    static ConnectionFailedException otherHostKey(TunnelTerms terms, String known, PublicKey shown, IOException e) {
        return failure(
                ConnectionFailure.OTHER,
                "The SSH server at " + terms.server() + " shows the host key " + KeyUtils.getFingerPrint(shown)
                        + ", and not the one that was seen first, " + known
                        + "; it may be another server that pretends to be this one.",
                "If its key was changed on purpose, save the configuration with 'ssh.enabled' false and then with true"
                        + " again: the key that is seen next is trusted.",
                e);
    }

    /** Returns the words for a server that does not let the user in. */
    static ConnectionFailedException refused(TunnelTerms terms, IOException e) {
        int code = e instanceof SshException ssh ? ssh.getDisconnectCode() : 0;
        if (code == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE) {
            return failure(
                    ConnectionFailure.WRONG_CREDENTIALS,
                    "The SSH server at " + terms.server() + " does not let user '" + terms.user()
                            + "' in with the key of this connector.",
                    "Check 'ssh.user', and put this line into its ~/.ssh/authorized_keys: "
                            + terms.key().line(),
                    e);
        }
        return failure(
                ConnectionFailure.OTHER,
                "The SSH server at " + terms.server() + " and the platform do not come to terms: " + words(e) + ".",
                "Check that 'ssh.host' and 'ssh.port' name an SSH server, and that it has a host key of the type ECDSA"
                        + " or RSA.",
                e);
    }

    /** Returns the words for a connection that went away. */
    static ConnectionFailedException lost(TunnelTerms terms) {
        return failure(
                ConnectionFailure.UNREACHABLE,
                "The connection to the SSH server at " + terms.server() + " was lost.",
                "It is made anew by itself.",
                new IOException("closed"));
    }

    /** Returns the words for an end that the SSH server does not lead to. */
    static ConnectionFailedException noForward(TunnelTerms terms, IOException e) {
        ServerAddress end = terms.end();
        if (reason(e) == SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED) {
            return failure(
                    ConnectionFailure.ACCESS_RULE,
                    "The SSH server at " + terms.server() + " does not allow user '" + terms.user()
                            + "' to be forwarded to " + end + ".",
                    "Look there at AllowTcpForwarding and PermitOpen in sshd_config, and at what stands before the key"
                            + " in authorized_keys.",
                    e);
        }
        return failure(
                ConnectionFailure.REFUSED,
                "The SSH server at " + terms.server() + " cannot reach " + end + ": " + words(e) + ".",
                "Check host and port of the database as they are seen from the SSH server, and the firewalls between"
                        + " the two.",
                e);
    }

    private static int reason(IOException e) {
        for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SshChannelOpenException open) {
                return open.getReasonCode();
            }
        }
        return 0;
    }

    private static boolean has(IOException e, Class<? extends Throwable> type) {
        for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static String words(IOException e) {
        Throwable root = e;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).replaceAll("\\.$", "");
    }

    private static ConnectionFailedException failure(
            ConnectionFailure failure, String message, String hint, IOException e) {
        return new ConnectionFailedException(failure, message, hint, new SQLException(message, NO_CONNECTION, e));
    }
}
