package io.millrace.source;

import io.millrace.store.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** Rows of sources. Every method works in the transaction of the handle it is given. */
final class SourceRepository {
    void insert(Handle handle, Source source) {
        bind(
                        handle.createUpdate(
                                """
                        insert into source (id, tenant_id, service_id, name, name_lower, connector, config, secrets, desired, revision,
                            applied, resets, resets_done, db_server, db_name, slot_name, publication_name, kc_cluster_id,
                            created_from, created_at, deleted)
                        values (:id, :tenant, :service, :name, :nameLower, :connector, :config, :secrets, :desired, :revision,
                            :applied, :resets, :resetsDone, :server, :database, :slot, :publication, :cluster,
                            :createdFrom, :createdAt, :deleted)
                        """),
                        source)
                .execute();
        writeTags(handle, source);
    }

    /** Writes everything but what the reconciler alone writes: {@code applied} and {@code resets_done}. */
    void update(Handle handle, Source source) {
        bind(
                        handle.createUpdate(
                                """
                        update source set name = :name, name_lower = :nameLower, config = :config, secrets = :secrets, desired = :desired,
                            revision = :revision, resets = :resets, db_server = :server, db_name = :database,
                            slot_name = :slot, publication_name = :publication, kc_cluster_id = :cluster,
                            deleted = :deleted
                        where id = :id
                        """),
                        source)
                .execute();
        handle.execute("delete from source_tag where source_id = ?", source.id().value());
        writeTags(handle, source);
    }

    /** Writes where the source is to go, and nothing else. */
    void move(Handle handle, SourceId id, Course course) {
        handle.createUpdate(
                        """
                        update source set desired = :desired, revision = :revision, resets = :resets, deleted = :deleted
                        where id = :id
                        """)
                .bind("desired", course.desired().label())
                .bind("revision", course.revision())
                .bind("resets", course.resets())
                .bind("deleted", course.deleted() ? 1 : 0)
                .bind("id", id.value())
                .execute();
    }

    /** Notes that the data plane has followed to a revision, and what it lacks there. */
    void applied(Handle handle, SourceId id, long revision, Optional<String> notice) {
        handle.createUpdate(
                        """
                        update source set applied = :revision, notice = :notice
                        where id = :id and applied <= :revision
                        """)
                .bind("revision", revision)
                .bind("notice", notice)
                .bind("id", id.value())
                .execute();
    }

    /** Returns what sources lack although they run. */
    Map<SourceId, String> notices(Handle handle) {
        Map<SourceId, String> notices = new HashMap<>();
        handle.createQuery("select id, notice from source where notice is not null")
                .map((row, context) -> Map.entry(new SourceId(row.getString(1)), row.getString(2)))
                .forEach(notice -> notices.put(notice.getKey(), notice.getValue()));
        return notices;
    }

    void resetsDone(Handle handle, SourceId id, int resets) {
        handle.execute("update source set resets_done = ? where id = ?", resets, id.value());
    }

    void remove(Handle handle, SourceId id) {
        handle.execute("delete from source where id = ?", id.value());
    }

    /** Returns the source whatever its tenant, also one that is deleted. */
    Optional<Source> find(Handle handle, SourceId id) {
        return handle.createQuery("select * from source where id = :id")
                .bind("id", id.value())
                .map((row, context) -> source(row))
                .findOne()
                .map(source -> withTags(handle, List.of(source)).get(0));
    }

    /** Returns the sources of these ids in the order of the ids. */
    List<Source> find(Handle handle, List<SourceId> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<SourceId, Source> found = new HashMap<>();
        handle.createQuery("select * from source where id in (<ids>)")
                .bindList("ids", values(ids))
                .map((row, context) -> source(row))
                .forEach(source -> found.put(source.id(), source));
        return withTags(
                handle,
                ids.stream()
                        .flatMap(id -> Optional.ofNullable(found.get(id)).stream())
                        .toList());
    }

    /** Returns the course of a source, also of one that is deleted. */
    Optional<Course> course(Handle handle, SourceId id) {
        return handle.createQuery(
                        "select desired, revision, applied, resets, resets_done, deleted from source where id = :id")
                .bind("id", id.value())
                .map((row, context) -> course(row))
                .findOne();
    }

    /** Returns the courses of all sources, deleted ones included. */
    Map<SourceId, Course> courses(Handle handle) {
        Map<SourceId, Course> courses = new HashMap<>();
        handle.createQuery("select id, desired, revision, applied, resets, resets_done, deleted from source")
                .map((row, context) -> Map.entry(new SourceId(row.getString("id")), course(row)))
                .forEach(entry -> courses.put(entry.getKey(), entry.getValue()));
        return courses;
    }

    /** Returns the source of the tenant that has the name, unless it is deleted. */
    Optional<SourceId> findByName(Handle handle, String tenantId, String name) {
        return handle.createQuery("select id from source where tenant_id = :tenant and name = :name and deleted = 0")
                .bind("tenant", tenantId)
                .bind("name", name)
                .map((row, context) -> new SourceId(row.getString("id")))
                .findOne();
    }

    /** Returns another deployed source with the same slot or publication. */
    Optional<Source> findRival(Handle handle, Optional<SourceId> self, Claims claims) {
        return handle.createQuery(
                        """
                        select * from source
                        where db_server = :server and db_name = :database
                            and (slot_name = :slot or publication_name = :publication)
                            and id <> :self and deleted = 0 and desired <> 'Pending'
                        order by created_at, id limit 1
                        """)
                .bind("server", claims.server().orElse(""))
                .bind("database", claims.database().orElse(""))
                .bind("slot", claims.slot().orElse(""))
                .bind("publication", claims.publication().orElse(""))
                .bind("self", self.map(SourceId::value).orElse(""))
                .map((row, context) -> source(row))
                .findOne();
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Source source) {
        return statement
                .bind("id", source.id().value())
                .bind("tenant", source.tenantId())
                .bind("service", source.serviceId())
                .bind("name", source.name())
                .bind("nameLower", source.name().toLowerCase(Locale.ROOT))
                .bind("connector", source.connector())
                .bind("config", ConfigColumns.write(source.config().open()))
                .bind("secrets", ConfigColumns.write(source.config().secrets()))
                .bind("desired", source.course().desired().label())
                .bind("revision", source.course().revision())
                .bind("applied", source.course().applied())
                .bind("resets", source.course().resets())
                .bind("resetsDone", source.course().resetsDone())
                .bind("server", source.claims().server())
                .bind("database", source.claims().database())
                .bind("slot", source.claims().slot())
                .bind("publication", source.claims().publication())
                .bind("cluster", source.kcClusterId())
                .bind("createdFrom", source.createdFrom().name())
                .bind("createdAt", source.createdAt())
                .bind("deleted", source.course().deleted() ? 1 : 0);
    }

    private static void writeTags(Handle handle, Source source) {
        int position = 0;
        for (String tag : source.tags()) {
            handle.execute(
                    "insert into source_tag (source_id, position, tag_id) values (?, ?, ?)",
                    source.id().value(),
                    position++,
                    tag);
        }
    }

    private static List<Source> withTags(Handle handle, List<Source> sources) {
        if (sources.isEmpty()) {
            return sources;
        }
        Map<String, List<String>> tags = new HashMap<>();
        handle.createQuery("select source_id, tag_id from source_tag where source_id in (<ids>) order by position")
                .bindList("ids", values(sources.stream().map(Source::id).toList()))
                .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                .forEach(tag -> tags.computeIfAbsent(tag.getKey(), id -> new ArrayList<>())
                        .add(tag.getValue()));
        return sources.stream()
                .map(source -> source.tagged(tags.getOrDefault(source.id().value(), List.of())))
                .toList();
    }

    private static List<String> values(Collection<SourceId> ids) {
        return ids.stream().map(SourceId::value).toList();
    }

    private static Source source(ResultSet row) throws SQLException {
        return new Source(
                new SourceId(row.getString("id")),
                row.getString("tenant_id"),
                row.getString("service_id"),
                row.getString("name"),
                row.getString("connector"),
                ConfigColumns.read(row.getString("config"), row.getString("secrets")),
                new Claims(
                        Optional.ofNullable(row.getString("db_server")),
                        Optional.ofNullable(row.getString("db_name")),
                        Optional.ofNullable(row.getString("slot_name")),
                        Optional.ofNullable(row.getString("publication_name"))),
                course(row),
                List.of(),
                Optional.ofNullable(row.getString("kc_cluster_id")),
                CreatedFrom.valueOf(row.getString("created_from")),
                Times.fromColumn(row.getLong("created_at")));
    }

    static Course course(ResultSet row) throws SQLException {
        return new Course(
                DesiredState.of(row.getString("desired")),
                row.getLong("revision"),
                row.getLong("applied"),
                row.getInt("resets"),
                row.getInt("resets_done"),
                row.getInt("deleted") == 1);
    }
}
