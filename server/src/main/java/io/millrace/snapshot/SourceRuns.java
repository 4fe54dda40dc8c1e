package io.millrace.snapshot;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The runs of one source inside one transaction of the store, locked against every other change of them.
 *
 * <p>What is written here is kept when the transaction ends; {@link #touch} makes the present state a new revision of
 * what the source's task is told.
 */
final class SourceRuns {
    private final Handle handle;
    private final String sourceId;
    private long revision;

    private SourceRuns(Handle handle, String sourceId, long revision) {
        this.handle = handle;
        this.sourceId = sourceId;
        this.revision = revision;
    }

    /** Locks the source's runs until the transaction of the handle ends. */
    static SourceRuns lock(Handle handle, String sourceId) {
        long revision = handle.createQuery(
                        "insert into snapshot_source (source_id, revision, published) values (:source, 0, 0)"
                                + " on conflict (source_id) do update set revision = snapshot_source.revision"
                                + " returning revision")
                .bind("source", sourceId)
                .mapTo(Long.class)
                .one();
        return new SourceRuns(handle, sourceId, revision);
    }

    Optional<Run> newest() {
        return RunReads.newest(handle, sourceId);
    }

    Optional<Run> find(RunId id) {
        return RunReads.find(handle, sourceId, id);
    }

    /** Returns the run that a client's request id started. */
    Optional<Run> byRequest(String requestId) {
        return handle.createQuery("select id from snapshot_run where source_id = :source and request_id = :request")
                .bind("source", sourceId)
                .bind("request", requestId)
                .mapTo(String.class)
                .findOne()
                .flatMap(id -> find(new RunId(id)));
    }

    /** Returns the revision of what is kept now. */
    long revision() {
        return revision;
    }

    /** Returns the revision that {@link #touch} would make. */
    long nextRevision() {
        return revision + 1;
    }

    /** Makes what is written a new revision of what should run. */
    void touch() {
        revision = nextRevision();
        handle.createUpdate("update snapshot_source set revision = :revision where source_id = :source")
                .bind("revision", revision)
                .bind("source", sourceId)
                .execute();
    }

    /** Adds a run, which is the newest from now on. */
    void insert(Run run) {
        RunRows.bind(
                        handle.createUpdate(
                                "insert into snapshot_run (id, source_id, requested_by, submitted_at, request_id,"
                                        + " surrogate_key, conditions, priority, terms, continued_from, state, started_at,"
                                        + " finished_at, error, percent) values (:id, :source, :requested_by, :submitted,"
                                        + " :request_id, :surrogate, :conditions, :priority, :terms, :continued_from,"
                                        + " :state, :started, :finished, :error, :percent)"),
                        run)
                .execute();
        for (int position = 0; position < run.topics().size(); position++) {
            insert(run.id(), position, run.topics().get(position));
        }
        handle.createUpdate("update snapshot_source set newest_run = :run where source_id = :source")
                .bind("run", run.id().value())
                .bind("source", sourceId)
                .execute();
    }

    private void insert(RunId run, int position, RunTopic topic) {
        RunRows.bind(
                        handle.createUpdate(
                                "insert into snapshot_topic (run_id, position, topic, name, table_schema, table_name,"
                                        + " key_columns, filter, start_after, estimate_rows, estimate_kind,"
                                        + " delivered_rows, delivered_bytes, last_key, chunk_rows, percent, state,"
                                        + " started_at, finished_at, error, pause_revision, pause_confirmed, revision,"
                                        + " greatest_key, marker, rows_in_table, keys_delivered, checked_at) values (:run,"
                                        + " :position, :topic, :name, :schema, :table, :key_columns, :filter,"
                                        + " :start_after, :estimate_rows, :estimate_kind, :rows, :bytes, :last_key,"
                                        + " :chunk_rows, :percent, :state, :started, :finished, :error, :pause_revision,"
                                        + " :pause_confirmed, :revision, :greatest_key, :marker, :rows_in_table,"
                                        + " :keys_delivered, :checked)"),
                        topic)
                .bind("run", run.value())
                .bind("position", position)
                .execute();
        if (!(topic.state() instanceof TopicState.Skipped)) {
            handle.createUpdate(
                            "insert into snapshot_newest (topic, run_id, position) values (:topic, :run, :position) on"
                                    + " conflict (topic) do update set run_id = excluded.run_id, position ="
                                    + " excluded.position")
                    .bind("topic", topic.topic().id())
                    .bind("run", run.value())
                    .bind("position", position)
                    .execute();
        }
    }

    /** Writes what differs between two states of one run. */
    void update(Run before, Run after) {
        if (!before.state().equals(after.state()) || !before.percent().equals(after.percent())) {
            StoredStates.Columns state = StoredStates.of(after.state());
            handle.createUpdate(
                            "update snapshot_run set state = :state, started_at = :started, finished_at = :finished,"
                                    + " error = :error, percent = :percent where id = :id")
                    .bind("state", state.state())
                    .bind("started", state.started())
                    .bind("finished", state.finished())
                    .bind("error", state.error())
                    .bind("percent", after.percent())
                    .bind("id", after.id().value())
                    .execute();
        }
        for (int position = 0; position < after.topics().size(); position++) {
            RunTopic topic = after.topics().get(position);
            if (!topic.equals(before.topics().get(position))) {
                update(after.id(), position, topic);
            }
        }
    }

    private void update(RunId run, int position, RunTopic topic) {
        RunRows.bind(
                        handle.createUpdate(
                                "update snapshot_topic set key_columns = :key_columns, estimate_rows = :estimate_rows,"
                                        + " estimate_kind = :estimate_kind, delivered_rows = :rows, delivered_bytes ="
                                        + " :bytes, last_key = :last_key, chunk_rows = :chunk_rows, percent = :percent,"
                                        + " state = :state, started_at = :started, finished_at = :finished, error ="
                                        + " :error, pause_revision = :pause_revision, pause_confirmed = :pause_confirmed,"
                                        + " revision = :revision, greatest_key = :greatest_key, marker = :marker,"
                                        + " rows_in_table = :rows_in_table, keys_delivered = :keys_delivered, checked_at ="
                                        + " :checked where run_id = :run and position = :position"),
                        topic)
                .bind("run", run.value())
                .bind("position", position)
                .execute();
    }

    /** Notes who changed what. */
    void audit(AuditEntry entry) {
        handle.createUpdate("insert into snapshot_audit (id, at, subject, action, source_id, run_id, topics)"
                        + " values (:id, :at, :subject, :action, :source, :run, :topics)")
                .bind("id", entry.id())
                .bind("at", entry.at())
                .bind("subject", entry.subject())
                .bind("action", entry.action())
                .bind("source", sourceId)
                .bind("run", entry.run().value())
                .bind("topics", StoredJson.write(entry.topics()))
                .execute();
    }

    /**
     * A change that a caller made.
     *
     * @param action execute, stop, cancel, pause, resume, continue
     * @param topics names of the topics that it was about; empty for all of the run
     */
    record AuditEntry(String id, Instant at, String subject, String action, RunId run, List<String> topics) {
        AuditEntry {
            topics = List.copyOf(topics);
        }
    }
}
