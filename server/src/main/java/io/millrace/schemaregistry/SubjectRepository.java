package io.millrace.schemaregistry;

import io.millrace.http.PageRequest;
import io.millrace.http.SortDirection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The subjects of one scope and their versions, in one transaction. Lists leave internal subjects out. */
record SubjectRepository(Handle handle, Scope scope) {
    private static final String VERSIONS = "select v.subject, v.version, v.schema_id, s.schema_text, v.deleted"
            + " from registry_version v join registry_schema s on s.id = v.schema_id"
            + " where v.tenant_id = :tenantId and v.service_id = :serviceId and v.subject = :subject";

    private static final String LISTED = " from registry_subject s join registry_version v"
            + " on v.tenant_id = s.tenant_id and v.service_id = s.service_id and v.subject = s.subject"
            + " where s.tenant_id = :tenantId and s.service_id = :serviceId and s.internal = 0 and v.deleted = 0"
            + " and lower(s.subject) like :part escape '!' and (:topic = '' or s.subject in (:key, :value))";

    static SubjectVersion version(ResultSet row) throws SQLException {
        return new SubjectVersion(
                new SubjectName(row.getString("subject")),
                row.getInt("version"),
                row.getInt("schema_id"),
                row.getString("schema_text"),
                row.getInt("deleted") != 0);
    }

    /** Returns the versions of a subject, rising; deleted ones if asked for. */
    List<SubjectVersion> versions(SubjectName subject, boolean deleted) {
        return handle.createQuery(VERSIONS + " and v.deleted <= :deleted order by v.version")
                .bindMethods(scope)
                .bind("subject", subject.value())
                .bind("deleted", deleted ? 1 : 0)
                .map((row, context) -> version(row))
                .list();
    }

    /** Returns the newest version of the subject that has the schema. */
    Optional<SubjectVersion> versionOf(SubjectName subject, int schemaId, boolean deleted) {
        return handle.createQuery(
                        VERSIONS + " and v.schema_id = :id and v.deleted <= :deleted order by v.version desc limit 1")
                .bindMethods(scope)
                .bind("subject", subject.value())
                .bind("id", schemaId)
                .bind("deleted", deleted ? 1 : 0)
                .map((row, context) -> version(row))
                .findOne();
    }

    /** Adds the next version; its number is one that the subject never had. */
    int add(SubjectName subject, int schemaId, Instant now) {
        int version = handle.createQuery("insert into registry_subject"
                        + " (tenant_id, service_id, subject, internal, last_version, created_at)"
                        + " values (:tenantId, :serviceId, :subject, :internal, 1, :now)"
                        + " on conflict (tenant_id, service_id, subject)"
                        + " do update set last_version = registry_subject.last_version + 1 returning last_version")
                .bindMethods(scope)
                .bind("subject", subject.value())
                .bind("internal", subject.internal() ? 1 : 0)
                .bind("now", now)
                .mapTo(Integer.class)
                .one();
        handle.createUpdate("insert into registry_version"
                        + " (tenant_id, service_id, subject, version, schema_id, deleted, created_at)"
                        + " values (:tenantId, :serviceId, :subject, :version, :id, 0, :now)")
                .bindMethods(scope)
                .bind("subject", subject.value())
                .bind("version", version)
                .bind("id", schemaId)
                .bind("now", now)
                .execute();
        return version;
    }

    void markDeleted(SubjectName subject, int version) {
        handle.createUpdate("update registry_version set deleted = 1 where tenant_id = :tenantId"
                        + " and service_id = :serviceId and subject = :subject and version = :version")
                .bindMethods(scope)
                .bind("subject", subject.value())
                .bind("version", version)
                .execute();
    }

    /** Removes a version for good, and its subject with the last one. */
    void remove(SubjectName subject, int version) {
        handle.createUpdate("delete from registry_version where tenant_id = :tenantId"
                        + " and service_id = :serviceId and subject = :subject and version = :version")
                .bindMethods(scope)
                .bind("subject", subject.value())
                .bind("version", version)
                .execute();
        handle.createUpdate("delete from registry_subject where tenant_id = :tenantId and service_id = :serviceId"
                        + " and subject = :subject and not exists (select 1 from registry_version v"
                        + " where v.tenant_id = :tenantId and v.service_id = :serviceId and v.subject = :subject)")
                .bindMethods(scope)
                .bind("subject", subject.value())
                .execute();
    }

    /** Returns the names of all subjects that have a version, deleted ones if asked for, by name. */
    List<String> names(boolean deleted) {
        return handle
                .createQuery("select distinct s.subject from registry_subject s join registry_version v"
                        + " on v.tenant_id = s.tenant_id and v.service_id = s.service_id and v.subject = s.subject"
                        + " where s.tenant_id = :tenantId and s.service_id = :serviceId and s.internal = 0"
                        + " and v.deleted <= :deleted")
                .bindMethods(scope)
                .bind("deleted", deleted ? 1 : 0)
                .mapTo(String.class)
                .collectIntoList()
                .stream()
                .sorted()
                .toList();
    }

    List<SubjectSummary> page(SubjectFilter filter) {
        PageRequest page = filter.page();
        return handle.createQuery("select s.subject, count(*) as versions, max(v.version) as latest" + LISTED
                        + " group by s.subject, s.created_at order by " + order(page) + " limit :limit offset :offset")
                .bindMethods(scope)
                .bindMap(conditions(filter))
                .bind("limit", page.pageSize())
                .bind("offset", page.offset())
                .map((row, context) -> new SubjectSummary(
                        new SubjectName(row.getString("subject")), row.getInt("versions"), row.getInt("latest")))
                .list();
    }

    long count(SubjectFilter filter) {
        return handle.createQuery("select count(distinct s.subject)" + LISTED)
                .bindMethods(scope)
                .bindMap(conditions(filter))
                .mapTo(Long.class)
                .one();
    }

    private static Map<String, String> conditions(SubjectFilter filter) {
        String part = filter.partialName().orElse("").toLowerCase(Locale.ROOT);
        String topic = filter.topicId().orElse("");
        return Map.of(
                "part", "%" + part.replaceAll("[!%_]", "!$0") + "%",
                "topic", topic,
                "key", topic + "-key",
                "value", topic + "-value");
    }

    private static String order(PageRequest page) {
        String direction = page.sortDir() == SortDirection.ASC ? " asc" : " desc";
        boolean byName = page.sort()
                .filter(sort -> sort.equals("subject") || sort.equals("name"))
                .isPresent();
        return byName
                ? "lower(s.subject)" + direction + ", s.subject" + direction
                : "s.created_at" + direction + ", s.subject" + direction;
    }
}
