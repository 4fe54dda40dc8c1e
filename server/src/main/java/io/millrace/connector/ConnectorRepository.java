package io.millrace.connector;

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

/** Rows of the connectors of one kind. Every method works in the transaction of the handle it is given. */
final class ConnectorRepository {
    private final Kind kind;

    ConnectorRepository(Kind kind) {
        this.kind = kind;
    }

    void insert(Handle handle, Connector connector) {
        bind(
                        handle.createUpdate(
                                """
                        insert into connector (id, kind, tenant_id, service_id, name, name_lower, connector, config, secrets,
                            desired, revision, applied, resets, resets_done, kc_cluster_id, created_from, created_at, deleted)
                        values (:id, :kind, :tenant, :service, :name, :nameLower, :connector, :config, :secrets,
                            :desired, :revision, :applied, :resets, :resetsDone, :cluster, :createdFrom, :createdAt, :deleted)
                        """),
                        connector)
                .execute();
        writeTags(handle, connector);
    }

    /** Writes everything but what the reconciler alone writes: {@code applied} and {@code resets_done}. */
    void update(Handle handle, Connector connector) {
        bind(
                        handle.createUpdate(
                                """
                        update connector set name = :name, name_lower = :nameLower, config = :config, secrets = :secrets,
                            desired = :desired, revision = :revision, resets = :resets, kc_cluster_id = :cluster,
                            deleted = :deleted
                        where id = :id
                        """),
                        connector)
                .execute();
        handle.execute(
                "delete from connector_tag where connector_id = ?",
                connector.id().value());
        writeTags(handle, connector);
    }

    /** Writes where the connector is to go, and nothing else. */
    void move(Handle handle, ConnectorId id, Course course) {
        handle.createUpdate(
                        """
                        update connector set desired = :desired, revision = :revision, resets = :resets, deleted = :deleted
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
    void applied(Handle handle, ConnectorId id, long revision, Optional<String> notice) {
        handle.createUpdate(
                        """
                        update connector set applied = :revision, notice = :notice
                        where id = :id and applied <= :revision
                        """)
                .bind("revision", revision)
                .bind("notice", notice)
                .bind("id", id.value())
                .execute();
    }

    /** Returns what connectors lack although they run. */
    Map<ConnectorId, String> notices(Handle handle) {
        Map<ConnectorId, String> notices = new HashMap<>();
        handle.createQuery("select id, notice from connector where kind = :kind and notice is not null")
                .bind("kind", kind.noun())
                .map((row, context) -> Map.entry(id(row.getString(1)), row.getString(2)))
                .forEach(notice -> notices.put(notice.getKey(), notice.getValue()));
        return notices;
    }

    void resetsDone(Handle handle, ConnectorId id, int resets) {
        handle.execute("update connector set resets_done = ? where id = ?", resets, id.value());
    }

    void remove(Handle handle, ConnectorId id) {
        handle.execute("delete from connector where id = ?", id.value());
    }

    /** Returns the connector whatever its tenant, also one that is deleted. */
    Optional<Connector> find(Handle handle, ConnectorId id) {
        return find(handle, List.of(id)).stream().findFirst();
    }

    /** Returns the connectors of these ids in the order of the ids. */
    List<Connector> find(Handle handle, List<ConnectorId> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<ConnectorId, Connector> found = new HashMap<>();
        handle.createQuery("select * from connector where kind = :kind and id in (<ids>)")
                .bind("kind", kind.noun())
                .bindList("ids", values(ids))
                .map((row, context) -> connector(row))
                .forEach(connector -> found.put(connector.id(), connector));
        return withTags(
                handle,
                ids.stream()
                        .flatMap(id -> Optional.ofNullable(found.get(id)).stream())
                        .toList());
    }

    /** Returns the course of a connector, also of one that is deleted. */
    Optional<Course> course(Handle handle, ConnectorId id) {
        return handle.createQuery(
                        "select desired, revision, applied, resets, resets_done, deleted from connector where id = :id")
                .bind("id", id.value())
                .map((row, context) -> course(row))
                .findOne();
    }

    /** Returns the courses of all connectors, deleted ones included. */
    Map<ConnectorId, Course> courses(Handle handle) {
        Map<ConnectorId, Course> courses = new HashMap<>();
        handle.createQuery("select id, desired, revision, applied, resets, resets_done, deleted from connector"
                        + " where kind = :kind")
                .bind("kind", kind.noun())
                .map((row, context) -> Map.entry(id(row.getString("id")), course(row)))
                .forEach(entry -> courses.put(entry.getKey(), entry.getValue()));
        return courses;
    }

    /** Returns all connectors that are not deleted, with how they are by one look. */
    List<Standing> standings(Handle handle, Healths.Look look) {
        return handle.createQuery(
                        """
                        select id, tenant_id, service_id, name, connector, desired, revision, applied, resets, resets_done,
                            deleted
                        from connector where kind = :kind and deleted = 0
                        """)
                .bind("kind", kind.noun())
                .map((row, context) -> new Standing(
                        id(row.getString("id")),
                        row.getString("tenant_id"),
                        row.getString("service_id"),
                        row.getString("name"),
                        row.getString("connector"),
                        look.of(id(row.getString("id")), course(row))))
                .list();
    }

    /** Returns the connector of the tenant that has the name, unless it is deleted. */
    Optional<ConnectorId> findByName(Handle handle, String tenantId, String name) {
        return handle.createQuery("select id from connector"
                        + " where kind = :kind and tenant_id = :tenant and name = :name and deleted = 0")
                .bind("kind", kind.noun())
                .bind("tenant", tenantId)
                .bind("name", name)
                .map((row, context) -> id(row.getString("id")))
                .findOne();
    }

    /** Returns how many connectors, deleted ones excepted, have a tag. */
    long tagged(Handle handle, String tag) {
        return handle.createQuery(
                        """
                        select count(distinct c.id) from connector_tag t join connector c on c.id = t.connector_id
                        where t.tag_id = :tag and c.kind = :kind and c.deleted = 0
                        """)
                .bind("tag", tag)
                .bind("kind", kind.noun())
                .mapTo(Long.class)
                .one();
    }

    private <S extends SqlStatement<S>> S bind(S statement, Connector connector) {
        return statement
                .bind("id", connector.id().value())
                .bind("kind", kind.noun())
                .bind("tenant", connector.tenantId())
                .bind("service", connector.serviceId())
                .bind("name", connector.name())
                .bind("nameLower", connector.name().toLowerCase(Locale.ROOT))
                .bind("connector", connector.code())
                .bind("config", ConfigColumns.write(connector.config().open()))
                .bind("secrets", ConfigColumns.write(connector.config().secrets()))
                .bind("desired", connector.course().desired().label())
                .bind("revision", connector.course().revision())
                .bind("applied", connector.course().applied())
                .bind("resets", connector.course().resets())
                .bind("resetsDone", connector.course().resetsDone())
                .bind("cluster", connector.kcClusterId())
                .bind("createdFrom", connector.createdFrom().name())
                .bind("createdAt", connector.createdAt())
                .bind("deleted", connector.course().deleted() ? 1 : 0);
    }

    private static void writeTags(Handle handle, Connector connector) {
        int position = 0;
        for (String tag : connector.tags()) {
            handle.execute(
                    "insert into connector_tag (connector_id, position, tag_id) values (?, ?, ?)",
                    connector.id().value(),
                    position++,
                    tag);
        }
    }

    private static List<Connector> withTags(Handle handle, List<Connector> connectors) {
        if (connectors.isEmpty()) {
            return connectors;
        }
        Map<String, List<String>> tags = new HashMap<>();
        handle.createQuery(
                        "select connector_id, tag_id from connector_tag where connector_id in (<ids>) order by position")
                .bindList("ids", values(connectors.stream().map(Connector::id).toList()))
                .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                .forEach(tag -> tags.computeIfAbsent(tag.getKey(), id -> new ArrayList<>())
                        .add(tag.getValue()));
        return connectors.stream()
                .map(connector ->
                        connector.tagged(tags.getOrDefault(connector.id().value(), List.of())))
                .toList();
    }

    private static List<String> values(Collection<ConnectorId> ids) {
        return ids.stream().map(ConnectorId::value).toList();
    }

    private ConnectorId id(String value) {
        return new ConnectorId(kind, value);
    }

    private Connector connector(ResultSet row) throws SQLException {
        return new Connector(
                id(row.getString("id")),
                row.getString("tenant_id"),
                row.getString("service_id"),
                row.getString("name"),
                row.getString("connector"),
                ConfigColumns.read(row.getString("config"), row.getString("secrets")),
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
