package io.millrace.metric;

import io.millrace.system.Family;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;

/** The newest figures in the form of Prometheus, told apart by ids only. */
final class Families {
    private static final List<Named> ALL = List.of(
            count("source", "records", "Records that a source wrote", Metric.RECORDS_IN),
            count("source", "bytes", "Bytes that a source wrote, compressed", Metric.BYTES_IN),
            count("source", "snapshot_records", "Rows of snapshots that a source delivered", Metric.SNAPSHOT_RECORDS),
            count("source", "retries", "Writes of a source that were repeated", Metric.RETRIES),
            moment("source", "behind_seconds", "Commit of the last change until it was read", Metric.BEHIND_MS, 1000),
            moment("source", "connected", "1 while the stream is connected", Metric.CONNECTED, 1),
            moment("source", "retained_log_bytes", "Log that a database retains", Metric.RETAINED_BYTES, 1),
            moment("source", "retainable_log_bytes", "Log until it is given up", Metric.RETAINABLE_BYTES, 1),
            moment("source", "retainable_log_seconds", "Time until it is given up", Metric.RETAINABLE_SECONDS, 1),
            moment("source", "snapshot_running", "1 while a snapshot runs", Metric.SNAPSHOT_RUNNING, 1),
            count("destination", "records", "Records that a destination read", Metric.RECORDS_OUT),
            count("destination", "bytes", "Bytes that a destination read, uncompressed", Metric.BYTES_OUT),
            count("destination", "dead_letters", "Records that a destination refused", Metric.ERRORS),
            moment("destination", "lag_records", "Records that a destination has not written", Metric.LAG, 1),
            count("pipeline", "records", "Records that a pipeline brought", Metric.RECORDS_OUT),
            moment("pipeline", "lag_records", "Records that a pipeline has not brought", Metric.LAG, 1));

    private static final List<String> SHARES = List.of("0.5", "0.95", "0.99");

    private record Named(
            String kind, String name, Family.Type type, String help, Function<Tally, OptionalDouble> value) {}

    private static Named count(String kind, String name, String help, Metric metric) {
        return new Named(
                kind, name, Family.Type.COUNTER, help, tally -> OptionalDouble.of((double) tally.count(metric)));
    }

    private static Named moment(String kind, String name, String help, Metric metric, double unit) {
        return new Named(kind, name, Family.Type.GAUGE, help, tally -> tally.value(metric).stream()
                .mapToDouble(value -> (double) value / unit)
                .findFirst());
    }

    /** Returns the families of figures, those without any included. */
    List<Family> of(Map<Entity, Latest> latest) {
        List<Entity> entities = latest.keySet().stream()
                .sorted(Comparator.comparing(Entity::key))
                .toList();
        List<Family> families = new ArrayList<>();
        for (Named named : ALL) {
            List<Family.Sample> samples = new ArrayList<>();
            entities.stream().filter(entity -> isOf(entity, named.kind())).forEach(entity -> named.value()
                    .apply(latest.get(entity).figures())
                    .ifPresent(value -> samples.add(new Family.Sample(Map.of(named.kind(), id(entity)), value))));
            families.add(
                    new Family("millrace_" + named.kind() + "_" + named.name(), named.type(), named.help(), samples));
        }
        List<Family.Sample> delays = new ArrayList<>();
        entities.stream()
                .filter(entity -> isOf(entity, "pipeline"))
                .forEach(entity -> SHARES.forEach(share -> latest.get(entity)
                        .figures()
                        .delay(Double.parseDouble(share))
                        .ifPresent(millis -> delays.add(
                                new Family.Sample(Map.of("pipeline", id(entity), "quantile", share), millis / 1000)))));
        families.add(new Family(
                "millrace_pipeline_delay_seconds",
                Family.Type.GAUGE,
                "Commit in the source until commit in the destination, in the last minute with changes",
                delays));
        return families;
    }

    private static boolean isOf(Entity entity, String kind) {
        return entity.key().startsWith(kind + "_");
    }

    private static String id(Entity entity) {
        return entity.key().substring(entity.key().indexOf('_') + 1);
    }
}
