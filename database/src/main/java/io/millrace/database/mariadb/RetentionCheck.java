package io.millrace.database.mariadb;

import io.millrace.database.Check;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalLong;

/** Whether the server keeps its log long enough for a source that was away. */
final class RetentionCheck {
    private static final Duration SHORT = Duration.ofDays(3);

    private final Variables variables;

    RetentionCheck(Connection session) throws SQLException {
        this.variables = Variables.of(session);
    }

    Check run() {
        Duration kept = kept();
        OptionalLong bytes = variables.number("max_binlog_total_size");
        if (bytes.orElse(0) > 0) {
            return Check.warned(
                    CheckNames.BINLOG_RETENTION,
                    "The server drops binary logs that are together larger than " + bytes.getAsLong()
                            + " bytes, whether or not they were read.",
                    "SET GLOBAL max_binlog_total_size = 0; or make it large enough for some days of changes.");
        }
        if (kept.isZero()) {
            return Check.passed(CheckNames.BINLOG_RETENTION, "Binary logs are kept until somebody drops them.");
        }
        String said = "Binary logs are kept for " + words(kept);
        return kept.compareTo(SHORT) < 0
                ? Check.warned(
                        CheckNames.BINLOG_RETENTION,
                        said + "; a source that is away for longer has to start anew.",
                        "SET GLOBAL binlog_expire_logs_seconds = " + SHORT.toSeconds()
                                + "; and put it into the server's configuration.")
                : Check.passed(CheckNames.BINLOG_RETENTION, said + ".");
    }

    /** Returns for how long; zero means for good. */
    private Duration kept() {
        OptionalLong seconds = variables.number("binlog_expire_logs_seconds");
        if (seconds.orElse(0) > 0) {
            return Duration.ofSeconds(seconds.getAsLong());
        }
        return Duration.ofDays(variables.number("expire_logs_days").orElse(0));
    }

    private static String words(Duration time) {
        if (time.toDays() > 0) {
            return time.toDays() + " days";
        }
        return time.toHours() > 0 ? time.toHours() + " hours" : time.toSeconds() + " seconds";
    }
}
