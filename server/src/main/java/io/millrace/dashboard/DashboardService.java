package io.millrace.dashboard;

import io.millrace.connector.Connectors;
import io.millrace.connector.Health;
import io.millrace.connector.Kind;
import io.millrace.connector.Standing;
import io.millrace.dashboard.DashboardViews.Attention;
import io.millrace.http.Caller;
import io.millrace.metric.Answer;
import io.millrace.metric.Entity;
import io.millrace.metric.Figures;
import io.millrace.metric.Latest;
import io.millrace.metric.Metric;
import io.millrace.metric.Tally;
import io.millrace.metric.TimeQuery;
import io.millrace.pipeline.PipelineFlow;
import io.millrace.pipeline.PipelineRoutes;
import io.millrace.snapshot.Snapshots;
import io.millrace.source.SourceId;
import io.millrace.source.TopicDirectory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Takes the whole of a service in, from the store and one look at the states of connectors. */
public final class DashboardService {
    private static final int MINUTES = 5;
    private static final int MOST_ATTENTION = 50;

    /** A pipeline is late when changes take longer. */
    private static final double LATE_MS = 60_000;

    private final Parts parts;
    private final Figures figures;
    private final Clock clock;

    public DashboardService(Parts parts, Figures figures, Clock clock) {
        this.parts = parts;
        this.figures = figures;
        this.clock = clock;
    }

    /** What a service is made of. */
    public record Parts(
            Connectors sources,
            Connectors destinations,
            PipelineRoutes pipelines,
            TopicDirectory topics,
            Snapshots snapshots) {}

    /** Connectors and pipelines of one service. */
    private record Service(List<Standing> sources, List<Standing> destinations, List<PipelineFlow> pipelines) {
        List<String> sourceIds() {
            return sources.stream().map(source -> source.id().value()).toList();
        }

        Map<String, Health.State> states() {
            Map<String, Health.State> states = new HashMap<>();
            Stream.concat(sources.stream(), destinations.stream())
                    .forEach(one -> states.put(one.id().prefix(), one.health().state()));
            return states;
        }

        String state(PipelineFlow pipeline) {
            Map<String, Health.State> states = states();
            return pipeline.state(
                    states.getOrDefault(pipeline.source().prefix(), Health.State.UNKNOWN),
                    states.getOrDefault(pipeline.destination().prefix(), Health.State.UNKNOWN));
        }
    }

    private Service of(Caller caller) {
        return new Service(
                own(caller, parts.sources().standings()),
                own(caller, parts.destinations().standings()),
                parts.pipelines().flows().stream()
                        .filter(pipeline -> pipeline.tenantId().equals(caller.tenantId())
                                && pipeline.serviceId().equals(caller.serviceId()))
                        .toList());
    }

    private static List<Standing> own(Caller caller, List<Standing> all) {
        return all.stream()
                .filter(one -> one.tenantId().equals(caller.tenantId())
                        && one.serviceId().equals(caller.serviceId()))
                .toList();
    }

    /** Returns counts and rates. */
    DashboardViews.Stats stats(Caller caller) {
        Service service = of(caller);
        Instant now = clock.instant();
        Tally lately = new Tally();
        figures.tallies(Entity.service(caller.serviceId()), minutes(now)).forEach(lately::addAll);
        long topics = parts
                .topics()
                .of(service.sources().stream()
                        .map(source -> SourceId.of(source.id()))
                        .toList())
                .values()
                .stream()
                .mapToLong(List::size)
                .sum();
        long deadLetters = service.destinations().size();
        return new DashboardViews.Stats(
                counts(service.sources(), DashboardService::state),
                counts(service.destinations(), DashboardService::state),
                counts(service.pipelines(), service::state),
                counts(List.of(), Object::toString),
                new DashboardViews.Topics(topics + deadLetters, deadLetters),
                parts.snapshots().states(service.sourceIds(), now.minus(Duration.ofDays(1))),
                new DashboardViews.Delays(
                        rounded(lately.delay(0.5)), rounded(lately.delay(0.95)), rounded(lately.longestDelay())),
                lately.count(Metric.RECORDS_IN) / (MINUTES * 60.0));
    }

    private static TimeQuery.Buckets minutes(Instant now) {
        return new TimeQuery(
                        Optional.empty(),
                        1,
                        Optional.of(TimeQuery.Unit.MINUTE),
                        Optional.of(now.minus(Duration.ofMinutes(MINUTES))),
                        Optional.empty())
                .buckets(now, TimeQuery.Unit.MINUTE);
    }

    private static String state(Standing connector) {
        return connector.health().state().label();
    }

    private static <T> Map<String, Long> counts(List<T> all, Function<T, String> state) {
        Map<String, Long> counts = new TreeMap<>();
        all.forEach(one -> counts.merge(state.apply(one), 1L, Long::sum));
        counts.put("total", (long) all.size());
        return counts;
    }

    private static Optional<Double> rounded(OptionalDouble millis) {
        return millis.isPresent() ? Optional.of(Math.round(millis.getAsDouble() * 10) / 10.0) : Optional.empty();
    }

    /** Returns charts of a range of time, and what needs attention now. */
    DashboardViews.Overview overview(Caller caller, TimeQuery.Range range) {
        Service service = of(caller);
        TimeQuery.Buckets buckets = range.summary().buckets(clock.instant(), TimeQuery.Unit.HOUR);
        List<Tally> tallies = figures.tallies(Entity.service(caller.serviceId()), buckets);
        return new DashboardViews.Overview(
                new DashboardViews.Range(buckets.starts().get(0), buckets.end()),
                new DashboardViews.Series(
                        series(buckets, tallies, tally -> Optional.of(tally.count(Metric.RECORDS_IN))),
                        series(buckets, tallies, tally -> Optional.of(tally.count(Metric.BYTES_IN))),
                        series(buckets, tallies, tally -> rounded(tally.delay(0.95))),
                        series(buckets, tallies, tally -> Optional.of(tally.count(Metric.ERRORS)))),
                attention(service),
                parts.snapshots().active(service.sourceIds()));
    }

    private static List<Answer.Point> series(
            TimeQuery.Buckets buckets, List<Tally> tallies, Function<Tally, Optional<?>> figure) {
        List<Answer.Point> points = new ArrayList<>();
        for (int i = 0; i < tallies.size(); i++) {
            Instant at = buckets.starts().get(i);
            figure.apply(tallies.get(i)).ifPresent(value -> points.add(Answer.Point.of(at, value)));
        }
        return points;
    }

    /** What is broken comes first, then what is late, then what has refused records. */
    private List<Attention> attention(Service service) {
        List<Attention> attention = new ArrayList<>();
        Stream.concat(service.sources().stream(), service.destinations().stream())
                .filter(one -> one.health().state() == Health.State.BROKEN)
                .map(one -> of(one, one.health().reason().orElse("It failed without a reason")))
                .forEach(attention::add);
        Map<Entity, PipelineFlow> pipelines = new HashMap<>();
        service.pipelines().forEach(pipeline -> pipelines.put(Entity.pipeline(pipeline.id()), pipeline));
        figures.latest(pipelines.keySet()).entrySet().stream()
                .filter(one -> isLate(one.getValue()))
                .map(one -> late(service, pipelines.get(one.getKey()), one.getValue()))
                .forEach(attention::add);
        Map<Entity, Standing> destinations = new HashMap<>();
        service.destinations().forEach(one -> destinations.put(Entity.of(one.id()), one));
        Map<Entity, Tally> hour = figures.lastHour(destinations.keySet());
        destinations.forEach((entity, one) -> Optional.ofNullable(hour.get(entity))
                .map(tally -> tally.count(Metric.ERRORS))
                .filter(errors -> errors > 0)
                .ifPresent(errors ->
                        attention.add(of(one, errors + " records of this hour went to its dead letter topic"))));
        return attention.subList(0, Math.min(MOST_ATTENTION, attention.size()));
    }

    private static boolean isLate(Latest latest) {
        return latest.figures().value(Metric.LAG).orElse(0) > 0
                && latest.delayMs().orElse(0) > LATE_MS;
    }

    private static Attention late(Service service, PipelineFlow pipeline, Latest latest) {
        return new Attention(
                "pipelines",
                pipeline.id(),
                pipeline.name(),
                service.state(pipeline),
                latest.figures().value(Metric.LAG).orElse(0)
                        + " records are not written yet; lately changes took up to "
                        + Math.round(latest.delayMs().orElse(0) / 1000) + " s");
    }

    private static Attention of(Standing connector, String reason) {
        String kind = connector.id().kind() == Kind.SOURCE ? "sources" : "destinations";
        return new Attention(kind, connector.id().value(), connector.name(), state(connector), reason);
    }
}
