package io.millrace.connector;

import io.millrace.catalogue.ConfigValues;
import io.millrace.database.Check;
import io.millrace.database.ValidationReport;
import io.millrace.http.ApiProblem;
import io.millrace.http.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tries a configuration out before it is saved. Stores nothing. */
public final class ConnectionTrial {
    private final Kind kind;
    private final ConnectorService connectors;
    private final ConfigVault vault;
    private final Reach reach;
    private final Clock clock;

    public ConnectionTrial(Kind kind, ConnectorService connectors, ConfigVault vault, Reach reach, Clock clock) {
        this.kind = kind;
        this.connectors = connectors;
        this.vault = vault;
        this.reach = reach;
        this.clock = clock;
    }

    /** Looks at what a connector would connect to. */
    @FunctionalInterface
    public interface Reach {
        /**
         * Finds out what would go wrong; changes nothing.
         *
         * @param saved the connector that the configuration is for, if it exists; it may be running
         * @param limit aim for the time that it takes
         * @return empty when no plugin for the code is installed
         */
        Optional<ValidationReport> look(ConfigValues config, Optional<Connector> saved, Duration limit);
    }

    /**
     * What was found.
     *
     * @param ok whether every check that ran is ok
     */
    public record Outcome(
            boolean ok, String connector, Optional<String> serverVersion, long durationMs, List<CheckView> checks) {
        public Outcome {
            checks = List.copyOf(checks);
        }
    }

    /** A check as clients read it. */
    public record CheckView(String check, Optional<Boolean> ok, String message, Optional<String> hint) {
        static CheckView of(Check check) {
            return new CheckView(check.name(), check.ok(), check.message(), check.hint());
        }
    }

    /** Checks rules, then what is outside. */
    public Outcome validate(Caller caller, ConnectorRequests.Validate request) {
        Instant begun = clock.instant();
        Optional<Connector> saved = request.id().filter(id -> !id.isEmpty()).map(id -> connectors.get(caller, id));
        vault.connector(request.connector());
        List<Check> checks = new ArrayList<>();
        try {
            ConfigValues config = connectors.checked(request.connector(), request.config(), saved.map(vault::values));
            connectors.checkFree(caller, request.name(), saved.map(Connector::id), config);
            checks.add(Check.passed("config", "The configuration keeps all rules"));
            Optional<ValidationReport> report = reach.look(config, saved, Duration.ofMillis(request.timeoutMs()));
            report.ifPresentOrElse(
                    found -> checks.addAll(found.checks()), () -> checks.add(missing(request.connector())));
            return outcome(
                    request,
                    begun,
                    report.filter(ValidationReport::ok).isPresent(),
                    report.flatMap(ValidationReport::serverVersion),
                    checks);
        } catch (ApiProblem refused) {
            String message = String.valueOf(refused.detail());
            checks.add(Check.failed("config", message, "Correct the configuration and validate again."));
            return outcome(request, begun, false, Optional.empty(), checks);
        }
    }

    private Check missing(String code) {
        return Check.failed(
                "plugin",
                PluginMissingException.reason(code),
                "The " + kind.noun() + " can be saved, and begins to run when the plugin is there.");
    }

    private Outcome outcome(
            ConnectorRequests.Validate request,
            Instant begun,
            boolean ok,
            Optional<String> version,
            List<Check> checks) {
        long millis = Duration.between(begun, clock.instant()).toMillis();
        return new Outcome(
                ok,
                request.connector(),
                version,
                Math.max(0, millis),
                checks.stream().map(CheckView::of).toList());
    }
}
