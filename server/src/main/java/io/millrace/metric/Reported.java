package io.millrace.metric;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * A figure under the name that clients know.
 *
 * @param name member of an answer
 * @param metadata what a reader is told of it
 * @param counts whether values add up over time
 */
public record Reported(String name, Metadata metadata, boolean counts, Function<Tally, Optional<Object>> reading) {
    private static final String MS = "ms";
    private static final String RECORDS = "records";
    private static final String BYTES = "bytes";

    /** Readable name and unit. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Metadata(String name, Optional<String> unit) {}

    /** Figures of a source. */
    public static final List<Reported> OF_SOURCES = List.of(
            count("recordSendTotal", "Records written", RECORDS, Metric.RECORDS_IN),
            count("byteTotal", "Bytes written", BYTES, Metric.BYTES_IN),
            count("recordRetryTotal", "Writes repeated", RECORDS, Metric.RETRIES),
            count("sourceRecordWriteTotal", "Records committed", RECORDS, Metric.RECORDS_WRITTEN),
            count("StreamingTotalNumberOfCreateEventsSeen", "Inserts streamed", RECORDS, Metric.CREATES),
            count("StreamingTotalNumberOfUpdateEventsSeen", "Updates streamed", RECORDS, Metric.UPDATES),
            count("StreamingTotalNumberOfDeleteEventsSeen", "Deletes streamed", RECORDS, Metric.DELETES),
            moment("StreamingMilliSecondsBehindSource", "Behind the source", MS, Metric.BEHIND_MS),
            moment("StreamingMilliSecondsSinceLastEvent", "Since the last change", MS, Metric.IDLE_MS),
            moment("StreamingConnected", "Connected with the source", "", Metric.CONNECTED),
            count("SnapshotTotalNumberOfEventsSeen", "Rows of snapshots", "rows", Metric.SNAPSHOT_RECORDS),
            moment("SnapshotRunning", "A snapshot runs", "", Metric.SNAPSHOT_RUNNING),
            moment("SnapshotCompleted", "Snapshots are complete", "", Metric.SNAPSHOT_COMPLETED),
            moment("retainedLogBytes", "Log retained in the source", BYTES, Metric.RETAINED_BYTES),
            moment("retainableLogBytes", "Log that may still be added", BYTES, Metric.RETAINABLE_BYTES),
            moment("retainableLogSeconds", "Until the log is given up", "s", Metric.RETAINABLE_SECONDS),
            state("state", "State"));

    /** Figures of a destination. */
    public static final List<Reported> OF_DESTINATIONS = List.of(
            count("recordsConsumedTotal", "Records read", RECORDS, Metric.RECORDS_OUT),
            count("bytesConsumedTotal", "Bytes read", BYTES, Metric.BYTES_OUT),
            count("deadLetterTotal", "Records refused", RECORDS, Metric.ERRORS),
            moment("recordsLag", "Records not yet written", RECORDS, Metric.LAG),
            delay("latency", "Commit to commit, 95 of 100 changes", 0.95),
            delay("latencyP50", "Commit to commit, half of the changes", 0.5),
            delay("latencyP95", "Commit to commit, 95 of 100 changes", 0.95),
            delay("latencyP99", "Commit to commit, 99 of 100 changes", 0.99),
            state("state", "State"));

    /** Figures of a pipeline over time. */
    public static final List<Reported> OF_PIPELINES = List.of(
            delay("latency", "Commit to commit, 95 of 100 changes", 0.95),
            delay("latencyP50", "Commit to commit, half of the changes", 0.5),
            delay("latencyP95", "Commit to commit, 95 of 100 changes", 0.95),
            delay("latencyP99", "Commit to commit, 99 of 100 changes", 0.99),
            moment("recordsLag", "Records not yet written", RECORDS, Metric.LAG),
            count("recordsTotal", "Records read", RECORDS, Metric.RECORDS_OUT),
            count("bytesTotal", "Bytes read", BYTES, Metric.BYTES_OUT),
            count("deadLetterTotal", "Records refused", RECORDS, Metric.ERRORS),
            state("status", "State"));

    /** Figures of everything in a service. */
    static final List<Reported> OF_SERVICES = List.of(
            count("recordSendTotal", "Records written by sources", RECORDS, Metric.RECORDS_IN),
            count("byteTotal", "Bytes written by sources", BYTES, Metric.BYTES_IN),
            count("recordsConsumedTotal", "Records read by destinations", RECORDS, Metric.RECORDS_OUT),
            count("bytesConsumedTotal", "Bytes read by destinations", BYTES, Metric.BYTES_OUT),
            count("deadLetterTotal", "Records refused", RECORDS, Metric.ERRORS),
            moment("recordsLag", "Records not yet written", RECORDS, Metric.LAG),
            delay("latency", "Commit to commit, 95 of 100 changes", 0.95));

    /** Figures of a topic. */
    public static final List<Reported> OF_TOPICS = List.of(
            count("messages_in", "Records written", RECORDS, Metric.RECORDS_IN),
            count("bytes_in", "Bytes written", BYTES, Metric.BYTES_IN),
            count("messages_out", "Records read", RECORDS, Metric.RECORDS_OUT),
            count("bytes_out", "Bytes read", BYTES, Metric.BYTES_OUT),
            moment("size_bytes", "Size in Kafka", BYTES, Metric.SIZE_BYTES),
            moment("lag", "Records not yet read by the slowest destination", RECORDS, Metric.LAG),
            delay("avg_latency_ms", "Commit to commit, half of the changes", 0.5),
            delay("latency_p95_ms", "Commit to commit, 95 of 100 changes", 0.95));

    private static Reported count(String name, String title, String unit, Metric metric) {
        return new Reported(
                name, new Metadata(title, Optional.of(unit)), true, tally -> Optional.<Object>of(tally.count(metric)));
    }

    private static Reported moment(String name, String title, String unit, Metric metric) {
        return new Reported(
                name,
                new Metadata(title, Optional.of(unit).filter(known -> !known.isEmpty())),
                false,
                tally -> tally.value(metric).stream()
                        .<Object>mapToObj(Long::valueOf)
                        .findFirst());
    }

    private static Reported delay(String name, String title, double share) {
        return new Reported(name, new Metadata(title, Optional.of(MS)), false, tally -> rounded(tally.delay(share)));
    }

    private static Reported state(String name, String title) {
        return new Reported(
                name, new Metadata(title, Optional.empty()), false, tally -> tally.value(Metric.STATE).stream()
                        .boxed()
                        .flatMap(number -> State.of(number).stream())
                        .<Object>map(State::label)
                        .findFirst());
    }

    /** Returns milliseconds to a tenth. */
    static Optional<Object> rounded(OptionalDouble millis) {
        return millis.isPresent() ? Optional.of(Math.round(millis.getAsDouble() * 10) / 10.0) : Optional.empty();
    }
}
