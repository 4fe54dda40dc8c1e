package io.millrace.database;

import java.util.List;
import java.util.Optional;

/**
 * What stands in the way of capturing a database.
 *
 * @param checks in the order in which they ran
 * @param serverVersion as the server names it; empty where it was not reached
 */
public record ValidationReport(List<Check> checks, Optional<String> serverVersion) {
    public ValidationReport {
        checks = List.copyOf(checks);
    }

    /** Returns whether every check that ran went well. */
    public boolean ok() {
        return checks.stream().allMatch(check -> check.ok().orElse(true));
    }
}
