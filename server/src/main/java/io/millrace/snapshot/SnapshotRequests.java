package io.millrace.snapshot;

import io.millrace.connector.BulkRequests;
import io.millrace.control.RunTerms;
import io.millrace.control.RunWindow;
import io.millrace.control.SnapshotKind;
import io.millrace.http.PageRequest;
import io.millrace.http.SortDirection;
import io.millrace.http.shape.CsvOrList;
import io.millrace.http.shape.Default;
import io.millrace.http.shape.Inline;
import io.millrace.http.shape.Matches;
import io.millrace.http.shape.Max;
import io.millrace.http.shape.Min;
import io.millrace.http.shape.Size;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** What the calls about snapshots carry. */
public final class SnapshotRequests {
    private SnapshotRequests() {}

    /** Which source and which of its topics; what all commands have in common. */
    public record Selection(
            String sourceId,
            Optional<List<String>> topicNames,
            Optional<List<AdditionalCondition>> additionalConditions,
            Optional<String> surrogateKey) {
        /** Returns all topics of a source. */
        static Selection of(String sourceId) {
            return new Selection(sourceId, Optional.empty(), Optional.empty(), Optional.empty());
        }
    }

    /** When a run may read. */
    public record Window(@Matches(Window.TIME) String from, @Matches(Window.TIME) String to, ZoneId timezone) {
        static final String TIME = "^([01][0-9]|2[0-3]):[0-5][0-9]$";

        RunWindow kept() {
            return new RunWindow(LocalTime.parse(from), LocalTime.parse(to), timezone);
        }
    }

    /** What Millrace takes beyond the compatible contract. */
    public record Extras(
            Optional<@Min(1) Long> maxRowsPerSecond,
            Optional<@Min(1) Long> maxBytesPerSecond,
            Optional<List<String>> priority,
            Optional<List<Window>> runWindows,
            Optional<@Size(min = 1, max = 64) String> requestId) {
        static final Extras NONE =
                new Extras(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        RunTerms terms(SnapshotKind kind) {
            return new RunTerms(
                    kind,
                    maxRowsPerSecond,
                    maxBytesPerSecond,
                    runWindows.orElse(List.of()).stream().map(Window::kept).toList());
        }
    }

    /** Body of the unified execute and of validate. */
    public record Execute(
            @Inline Selection selection, @Default("incremental") SnapshotKind snapshotType, @Inline Extras extras) {
        /** Returns a plain request for these topics of a source, or for all when there are none. */
        public static Execute of(String sourceId, List<String> topics, SnapshotKind type) {
            return new Execute(
                    new Selection(sourceId, Optional.of(topics), Optional.empty(), Optional.empty()),
                    type,
                    Extras.NONE);
        }

        /** Returns the same request for some of the rows only. */
        public Execute where(List<AdditionalCondition> conditions) {
            return new Execute(
                    new Selection(
                            selection.sourceId(),
                            selection.topicNames(),
                            Optional.of(conditions),
                            selection.surrogateKey()),
                    snapshotType,
                    extras);
        }

        /** Returns the same request under an id, by which a second one finds the run of the first. */
        public Execute under(String requestId) {
            return new Execute(
                    selection,
                    snapshotType,
                    new Extras(
                            extras.maxRowsPerSecond(),
                            extras.maxBytesPerSecond(),
                            extras.priority(),
                            extras.runWindows(),
                            Optional.of(requestId)));
        }
    }

    /** Body of the incremental execute, which ignores a {@code snapshot_type}. */
    public record ExecuteIncremental(@Inline Selection selection, @Inline Extras extras) {
        Execute unified() {
            return new Execute(selection, SnapshotKind.INCREMENTAL, extras);
        }
    }

    /** Body of the blocking execute. Filters and a surrogate key are read, to be refused. */
    public record ExecuteBlocking(@Inline Selection selection, @Inline Extras extras) {
        Execute unified() {
            return new Execute(selection, SnapshotKind.BLOCKING, extras);
        }
    }

    /** Body of the blocking stop. */
    public record StopBlocking(String sourceId, Optional<List<String>> topicNames) {
        Selection selection() {
            return new Selection(sourceId, topicNames, Optional.empty(), Optional.empty());
        }
    }

    /** Body of calls on one run that may name topics. */
    public record Narrowing(Optional<List<String>> topicNames) {}

    /** Query of the list of runs. */
    public record RunFilter(
            @Default("1") @Min(1) long page,
            @Default("10") @Min(1) @Max(100) int pageSize,
            @Default("desc") SortDirection sortDir,
            Optional<CsvOrList> status) {
        PageRequest asked() {
            return new PageRequest(page, pageSize, Optional.empty(), sortDir);
        }
    }

    /** Body of the bulk execute of sources. */
    public record BulkExecute(
            @Inline BulkRequests.Selection selection, @Default("incremental") SnapshotKind snapshotType) {}

    /** Body of the bulk execute of topics. */
    public record TopicBulkExecute(
            @Size(min = 1, max = 500) List<String> topicIds, @Default("incremental") SnapshotKind snapshotType) {}

    /** Body of the bulk stop of topics. */
    public record TopicBulkStop(@Size(min = 1, max = 500) List<String> topicIds) {}
}
