package io.millrace.metric;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A figure that is kept over time. */
public enum Metric {
    /** Records that a source has written. */
    RECORDS_IN("ri", Fold.SUM),
    /** Bytes of them, compressed as they are kept. */
    BYTES_IN("bi", Fold.SUM),
    /** Records that a destination has read. */
    RECORDS_OUT("ro", Fold.SUM),
    /** Bytes of them, uncompressed. */
    BYTES_OUT("bo", Fold.SUM),
    /** Rows of snapshots that were delivered. */
    SNAPSHOT_RECORDS("sr", Fold.SUM),
    /** Records that are committed together with the place in the source. */
    RECORDS_WRITTEN("rw", Fold.SUM),
    /** Attempts to write that were repeated. */
    RETRIES("rt", Fold.SUM),
    /** Inserts that the stream has seen. */
    CREATES("sc", Fold.SUM),
    /** Updates that the stream has seen. */
    UPDATES("su", Fold.SUM),
    /** Deletes that the stream has seen. */
    DELETES("sd", Fold.SUM),
    /** Records that went to a dead letter topic. */
    ERRORS("er", Fold.SUM),
    /** Records that are not written yet. */
    LAG("lg", Fold.MAX),
    /** Milliseconds between the commit of a change in the source and its reading. */
    BEHIND_MS("bh", Fold.MAX),
    /** Milliseconds since the last change. */
    IDLE_MS("id", Fold.LAST),
    /** 1 while the stream is connected. */
    CONNECTED("co", Fold.LAST),
    /** State of a connector or a pipeline, by its number in {@link State}. */
    STATE("st", Fold.LAST),
    /** 1 while a snapshot runs. */
    SNAPSHOT_RUNNING("sg", Fold.MAX),
    /** 1 when the newest snapshot of every topic that had one is complete. */
    SNAPSHOT_COMPLETED("sf", Fold.LAST),
    /** Bytes that a topic has on the disks of its brokers, compressed. */
    SIZE_BYTES("sz", Fold.LAST),
    /** Sum of the offsets behind the last committed records of a topic. */
    END("eo", Fold.LAST),
    /** Bytes of its log that the source retains for the connector. */
    RETAINED_BYTES("wb", Fold.MAX),
    /** Bytes that may be added to the retained log before the source gives it up. */
    RETAINABLE_BYTES("wf", Fold.LAST),
    /** Seconds until then, at the pace at which the log grows. */
    RETAINABLE_SECONDS("ws", Fold.LAST);

    private static final Map<String, Metric> BY_CODE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(metric -> metric.code, Function.identity()));

    private final String code;
    private final Fold fold;

    Metric(String code, Fold fold) {
        this.code = code;
        this.fold = fold;
    }

    /** How values of parts of a time become the value of the whole. */
    enum Fold {
        SUM {
            @Override
            long of(long earlier, long later) {
                return earlier + later;
            }
        },
        MAX {
            @Override
            long of(long earlier, long later) {
                return Math.max(earlier, later);
            }
        },
        LAST {
            @Override
            long of(long earlier, long later) {
                return later;
            }
        };

        abstract long of(long earlier, long later);
    }

    /** Returns whether values add up; others stand for a moment. */
    boolean isCount() {
        return fold == Fold.SUM;
    }

    Fold fold() {
        return fold;
    }

    String code() {
        return code;
    }

    static Metric of(String code) {
        Metric metric = BY_CODE.get(code);
        if (metric == null) {
            throw new IllegalArgumentException("no metric has the code " + code);
        }
        return metric;
    }
}
