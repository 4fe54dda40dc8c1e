package io.millrace.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Goes to a database step by step, {@code dns}, {@code tcp}, {@code tls}, {@code authentication}, and has the session
 * looked at once there is one. What an earlier failure cut off is not reached.
 */
public final class DatabaseValidation {
    private final Sessions sessions;
    private final List<String> names;

    /**
     * Makes one.
     *
     * @param ofSession names of the checks of a session, in their order
     */
    public DatabaseValidation(Sessions sessions, List<String> ofSession) {
        this.sessions = sessions;
        this.names = Stream.concat(
                        Stream.of(
                                NetworkChecks.DNS, NetworkChecks.TCP, NetworkChecks.TLS, NetworkChecks.AUTHENTICATION),
                        ofSession.stream())
                .toList();
    }

    /** Looks at a session. */
    public interface SessionChecks {
        /** Returns the checks, as many as were announced, in the order that was announced. */
        List<Check> of(Connection session) throws SQLException;
    }

    /** Runs all checks; takes at most a few times the address's time limit. */
    public ValidationReport run(DatabaseAddress address, SessionChecks ofSession) {
        List<Check> checks = new ArrayList<>(NetworkChecks.run(address));
        if (checks.stream().anyMatch(check -> !check.ok().orElse(true))) {
            return unreached(checks);
        }
        try (Connection session = sessions.open(address)) {
            checks.add(NetworkChecks.encryption(address));
            checks.add(NetworkChecks.login(address));
            checks.addAll(ofSession.of(session));
            return new ValidationReport(
                    checks, Optional.of(session.getMetaData().getDatabaseProductVersion()));
        } catch (ConnectionFailedException e) {
            checks.addAll(NetworkChecks.explain(address, e));
            return unreached(checks);
        } catch (SQLException e) {
            return broken(checks, e);
        }
    }

    private ValidationReport unreached(List<Check> checks) {
        names.stream().skip(checks.size()).map(Check::notReached).forEach(checks::add);
        return new ValidationReport(checks, Optional.empty());
    }

    private ValidationReport broken(List<Check> checks, SQLException e) {
        checks.add(Check.failed(
                names.get(checks.size()),
                "The session broke: " + e.getMessage(),
                "Try again; look into the server's log."));
        return unreached(checks);
    }
}
