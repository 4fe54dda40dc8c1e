package io.millrace.pipeline.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.database.ReachedDatabase;
import io.millrace.database.compare.ComparedDatabase;
import io.millrace.database.compare.Difference;
import io.millrace.database.compare.KeyBounds;
import io.millrace.database.compare.Outcome;
import io.millrace.database.compare.Pause;
import io.millrace.database.compare.TableComparison;
import io.millrace.database.compare.Terms;
import io.millrace.destination.Landing;
import io.millrace.pipeline.verify.VerifyRequests.Mode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares the table of one topic, and says what was found in the words of the contract. */
final class TableVerification {
    private final VerifyRequests.Body request;
    private final Landing landing;
    private final Pause pause;
    private final Optional<ChangedRows> changed;

    /** @param changed which rows are looked at; all of them if it is empty */
    TableVerification(VerifyRequests.Body request, Landing landing, Pause pause, Optional<ChangedRows> changed) {
        this.request = request;
        this.landing = landing;
        this.pause = pause;
        this.changed = changed;
    }

    VerifyTopic run(
            VerifyTopic topic, TablePair.Question question, ReachedDatabase source, ComparedDatabase destination)
            throws InterruptedException {
        try {
            TablePair whole = TablePair.of(question, source, destination, landing);
            TablePair pair = changed.isPresent() ? changed(whole, source, destination) : whole;
            KeyForm key = new KeyForm(pair.source().key());
            Outcome outcome = new TableComparison(
                            source.compared().reader(pair.source()),
                            destination.reader(pair.destination()),
                            terms(key),
                            pause)
                    .run();
            return said(topic, pair, key, outcome);
        } catch (IncomparableException | SQLException e) {
            // One table that cannot be read says nothing of the others.
            return topic.failed(String.valueOf(e.getMessage()));
        }
    }

    /** Where one side has more rows than the other, it is not the changed ones alone that differ. */
    private TablePair changed(TablePair whole, ReachedDatabase source, ComparedDatabase destination)
            throws SQLException, IncomparableException {
        TablePair some = changed.orElseThrow().of(whole);
        return source.compared().reader(whole.source()).rows()
                        == destination.reader(whole.destination()).rows()
                ? some
                : whole;
    }

    private Terms terms(KeyForm key) throws IncomparableException {
        return new Terms(
                request.mode() == Mode.COUNTS,
                List.of(new KeyBounds(
                        bound(key, request.keyFrom(), "key_from"), bound(key, request.keyTo(), "key_to"))),
                request.rangeRows(),
                request.maxDifferences(),
                Duration.ofMillis(request.settleMs()));
    }

    private static Optional<List<String>> bound(KeyForm key, Optional<Map<String, JsonNode>> given, String member)
            throws IncomparableException {
        return given.isEmpty() ? Optional.empty() : Optional.of(key.read(given.get(), member));
    }

    private VerifyTopic said(VerifyTopic topic, TablePair pair, KeyForm key, Outcome outcome) {
        return new VerifyTopic(
                topic.topicId(),
                topic.topicName(),
                Optional.of(pair.source().name().toString()),
                Optional.of(pair.destination().name().toString()),
                VerifyTopic.State.COMPLETED,
                Optional.of(outcome.ok()),
                key.names(),
                Optional.of(outcome.rowsSource()),
                Optional.of(outcome.rowsDestination()),
                outcome.rangesCompared(),
                outcome.ranges().size(),
                outcome.ranges().stream().map(range -> said(key, range)).toList(),
                outcome.differences().stream().map(one -> said(key, one)).toList(),
                pair.leftOut(),
                Optional.empty(),
                changed.flatMap(ChangedRows::since)
                        .filter(since -> pair.source().newer().isPresent()));
    }

    private VerifyTopic.Range said(KeyForm key, Outcome.DifferentRange range) {
        boolean summed = request.mode() == Mode.CHECKSUMS;
        return new VerifyTopic.Range(
                range.bounds().from().map(key::shown),
                range.bounds().to().map(key::shown),
                range.source().rows(),
                range.destination().rows(),
                Optional.of(range.source().checksum()).filter(sum -> summed),
                Optional.of(range.destination().checksum()).filter(sum -> summed),
                false,
                range.attempts());
    }

    private static VerifyTopic.Difference said(KeyForm key, Difference difference) {
        return new VerifyTopic.Difference(
                key.shown(difference.key()),
                switch (difference.kind()) {
                    case MISSING -> VerifyTopic.Kind.MISSING;
                    case EXTRA -> VerifyTopic.Kind.EXTRA;
                    case DIFFERENT -> VerifyTopic.Kind.DIFFERENT;
                },
                difference.columns());
    }
}
