package io.millrace.source;

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
public final class SourceValidation {
    private final SourceService sources;
    private final SourceDrafts drafts;
    private final CaptureTypes types;
    private final ConfigVault vault;
    private final Clock clock;

    SourceValidation(SourceService sources, SourceDrafts drafts, CaptureTypes types, ConfigVault vault, Clock clock) {
        this.sources = sources;
        this.drafts = drafts;
        this.types = types;
        this.vault = vault;
        this.clock = clock;
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

    /** Checks rules, then the database. */
    public Outcome validate(Caller caller, SourceRequests.Validate request) {
        Instant begun = clock.instant();
        Optional<Source> saved = request.id().filter(id -> !id.isEmpty()).map(id -> sources.get(caller, id));
        CaptureType type = types.of(request.connector());
        List<Check> checks = new ArrayList<>();
        try {
            ConfigValues config = drafts.checked(request.connector(), request.config(), saved.map(vault::values));
            sources.checkFree(caller, request.name(), saved.map(Source::id), type.claims(config));
            checks.add(Check.passed("config", "The configuration keeps all rules"));
            ValidationReport report = type.validate(config, saved.isPresent(), Duration.ofMillis(request.timeoutMs()));
            checks.addAll(report.checks());
            return outcome(request, begun, report.ok(), report.serverVersion(), checks);
        } catch (ApiProblem refused) {
            String message = String.valueOf(refused.detail());
            checks.add(Check.failed("config", message, "Correct the configuration and validate again."));
            return outcome(request, begun, false, Optional.empty(), checks);
        }
    }

    private Outcome outcome(
            SourceRequests.Validate request, Instant begun, boolean ok, Optional<String> version, List<Check> checks) {
        long millis = Duration.between(begun, clock.instant()).toMillis();
        return new Outcome(
                ok,
                request.connector(),
                version,
                Math.max(0, millis),
                checks.stream().map(CheckView::of).toList());
    }
}
