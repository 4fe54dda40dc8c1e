package io.millrace.pipeline.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import io.millrace.http.Json;
import io.millrace.store.Store;
import io.millrace.store.Times;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reports as they are kept. */
final class VerificationRepository {
    /** Reports that are kept of each pipeline. */
    private static final int KEPT = 20;

    /** Keys are found again by their numbers, so none of their digits may be lost. */
    private static final ObjectReader READER =
            Json.mapper().readerFor(VerifyReport.class).with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final Store store;

    VerificationRepository(Store store) {
        this.store = store;
    }

    /** Keeps the report of a verification that begins, and no more old ones than are wanted; says whether the pipeline is there. */
    boolean begin(String id, String startedBy, Instant at, VerifyReport report) {
        return store.write(handle -> {
            boolean there = handle.createQuery("select count(*) from pipeline where id = :pipeline")
                            .bind("pipeline", report.pipelineId())
                            .mapTo(Long.class)
                            .one()
                    > 0;
            if (there) {
                handle.execute(
                        "insert into verification (id, pipeline_id, started_by, started_at, running, document)"
                                + " values (?, ?, ?, ?, 1, ?)",
                        id,
                        report.pipelineId(),
                        startedBy,
                        Times.toColumn(at),
                        write(report));
                handle.execute(
                        """
                        delete from verification where pipeline_id = ? and running = 0 and id not in (
                            select id from verification where pipeline_id = ? order by started_at desc, id desc limit ?)
                        """,
                        report.pipelineId(),
                        report.pipelineId(),
                        KEPT);
            }
            return there;
        });
    }

    /** Writes a report again; one whose pipeline was deleted is gone and stays so. */
    void update(VerifyReport report) {
        store.change(handle -> handle.execute(
                "update verification set running = ?, document = ? where id = ?",
                report.isAtWork() ? 1 : 0,
                write(report),
                report.verificationId().orElseThrow()));
    }

    Optional<VerifyReport> newest(String pipelineId) {
        return store.read(handle -> handle.createQuery("select document from verification where pipeline_id = :pipeline"
                        + " order by started_at desc, id desc limit 1")
                .bind("pipeline", pipelineId)
                .mapTo(String.class)
                .findOne()
                .map(VerificationRepository::read));
    }

    Optional<VerifyReport> find(String pipelineId, String id) {
        return store.read(handle -> handle.createQuery(
                        "select document from verification where pipeline_id = :pipeline and id = :id")
                .bind("pipeline", pipelineId)
                .bind("id", id)
                .mapTo(String.class)
                .findOne()
                .map(VerificationRepository::read));
    }

    /** Returns when a verification of a pipeline was begun last by somebody. */
    Optional<Instant> lastBegun(String pipelineId, String startedBy) {
        return store.read(handle -> handle.createQuery("select started_at from verification where"
                        + " pipeline_id = :pipeline and started_by = :by order by started_at desc limit 1")
                .bind("pipeline", pipelineId)
                .bind("by", startedBy)
                .mapTo(Long.class)
                .findOne()
                .map(Times::fromColumn));
    }

    /** Returns when the newest verification by somebody began that found a topic equal, as far as reports are kept. */
    Optional<Instant> foundEqual(String pipelineId, String startedBy, String topicId) {
        return store.read(handle -> handle.createQuery("select document from verification where"
                        + " pipeline_id = :pipeline and started_by = :by order by started_at desc, id desc")
                .bind("pipeline", pipelineId)
                .bind("by", startedBy)
                .mapTo(String.class)
                .map(VerificationRepository::read)
                .filter(report -> report.topics().stream()
                        .anyMatch(topic ->
                                topic.topicId().equals(topicId) && topic.ok().orElse(false)))
                .findFirst()
                .flatMap(VerifyReport::startedTimestamp));
    }

    /** Returns the reports of which verification or repair is not finished. */
    List<VerifyReport> running() {
        return store.read(handle -> handle.createQuery("select document from verification where running = 1")
                .mapTo(String.class)
                .map(VerificationRepository::read)
                .list());
    }

    private static String write(VerifyReport report) {
        try {
            return Json.mapper().writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report is always JSON", e);
        }
    }

    private static VerifyReport read(String document) {
        try {
            return READER.readValue(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the store holds a report that is no JSON", e);
        }
    }
}
