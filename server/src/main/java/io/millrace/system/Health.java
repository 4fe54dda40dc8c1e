package io.millrace.system;

import io.millrace.http.Readiness;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at everything that has to work. */
public final class Health {
    private final Readiness readiness;
    private final List<HealthCheck> checks;

    public Health(Readiness readiness, List<HealthCheck> checks) {
        this.readiness = readiness;
        this.checks = List.copyOf(checks);
    }

    HealthReport report() {
        List<HealthReport.Check> results = new ArrayList<>();
        results.add(result(
                "server", readiness.ready() ? Optional.empty() : Optional.of("Millrace is starting or stopping")));
        // What is checked may not be there yet while the platform starts.
        if (readiness.ready()) {
            checks.forEach(check -> results.add(result(check.name(), problem(check))));
        }
        boolean up = results.stream().allMatch(result -> result.status() == HealthReport.Status.UP);
        return new HealthReport(up ? HealthReport.Status.UP : HealthReport.Status.DOWN, results);
    }

    private static Optional<String> problem(HealthCheck check) {
        try {
            return check.problem().get();
        } catch (RuntimeException e) {
            return Optional.of("The check itself failed: " + e.getClass().getSimpleName());
        }
    }

    private static HealthReport.Check result(String name, Optional<String> problem) {
        return new HealthReport.Check(
                name, problem.isEmpty() ? HealthReport.Status.UP : HealthReport.Status.DOWN, problem);
    }
}
