package io.millrace.destination.files;

import io.millrace.database.Check;
import io.millrace.database.ValidationReport;
import io.millrace.objectstore.ObjectStore;
import io.millrace.objectstore.StoreException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Whether files can be put into a store, found out by the requests that the sink will send. */
final class StoreTrial {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private StoreTrial() {}

    /**
     * Tries it; at most two requests.
     *
     * @param name of the check
     * @param passed what to say if it went well
     * @param prefix of the names of files
     */
    static Check of(String name, String passed, ObjectStore store, String prefix, Duration within) {
        try {
            store.tryWriting(prefix, within);
            return Check.passed(name, passed);
        } catch (StoreException e) {
            return Check.failed(name, e.problem(), e.remedy());
        }
    }

    /** Refuses to start a sink whose check, within a time for each request, fails. */
    static Optional<String> prepare(Function<Duration, Check> look) throws SQLException {
        Check check = look.apply(ANSWER_WITHIN);
        if (!check.ok().orElse(true)) {
            throw new SQLException(
                    check.message() + check.hint().map(hint -> "; " + hint).orElse(""));
        }
        return Optional.empty();
    }

    /** Returns the report of a check, within a time for each request. */
    static ValidationReport validate(Function<Duration, Check> look, Duration limit) {
        Duration step = limit.dividedBy(2);
        return new ValidationReport(
                List.of(look.apply(step.compareTo(SHORTEST) < 0 ? SHORTEST : step)), Optional.empty());
    }
}
