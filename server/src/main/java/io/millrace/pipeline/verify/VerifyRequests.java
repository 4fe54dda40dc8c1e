package io.millrace.pipeline.verify;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.http.shape.Default;
import io.millrace.http.shape.Matches;
import io.millrace.http.shape.Max;
import io.millrace.http.shape.Member;
import io.millrace.http.shape.Min;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What calls about verifications carry. */
final class VerifyRequests {
    private VerifyRequests() {}

    /** What is compared. */
    enum Mode {
        @JsonProperty("counts")
        COUNTS,
        @JsonProperty("checksums")
        CHECKSUMS
    }

    /**
     * What is to be verified.
     *
     * @param keyFrom columns of the key to values: keys before it are left out
     * @param keyTo columns of the key to values: it and keys behind it are left out
     */
    record Body(
            Optional<List<String>> topics,
            @Default("checksums") Mode mode,
            Optional<Map<String, JsonNode>> keyFrom,
            Optional<Map<String, JsonNode>> keyTo,
            @Default("50000") @Min(1_000) @Max(1_000_000) int rangeRows,
            @Default("") List<String> excludeColumns,
            @Default("100") @Min(0) @Max(1_000) int maxDifferences,
            @Default("5000") @Min(0) @Max(600_000) int settleMs) {
        /** Returns what is asked for when these topics are to be verified and nothing else is said. */
        static Body of(List<String> topics) {
            return new Body(
                    Optional.of(topics),
                    Mode.CHECKSUMS,
                    Optional.empty(),
                    Optional.empty(),
                    50_000,
                    List.of(),
                    100,
                    5_000);
        }
    }

    /**
     * What is to be repaired.
     *
     * @param verificationId whose findings; those of the newest one if it is left out
     * @param topics all that differ if it is left out
     */
    record Repair(
            Optional<@Matches("^[0-9a-f]{24}$") String> verificationId,
            Optional<List<String>> topics,
            @Default("false") boolean deletesOnly,
            @Default("5000") @Min(0) @Max(600_000) int settleMs) {
        /** Returns what is asked for when nothing else is said. */
        static Repair all(boolean deletesOnly) {
            return new Repair(Optional.empty(), Optional.empty(), deletesOnly, 5_000);
        }
    }

    /** Whether the answer waits for the report. */
    record Waiting(@Member("wait") @Default("false") boolean settled) {}

    /** Which report is wanted. */
    record Which(Optional<@Matches("^[0-9a-f]{24}$") String> verificationId) {}
}
