package io.millrace.schemaregistry;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jdbi.v3.core.Handle;

/** The schemas of one scope, in one transaction. */
record SchemaRepository(Handle handle, Scope scope) {
    /** Makes all other changes of the registry wait until the end of this transaction. */
    void lock() {
        handle.execute("update registry_sequence set last_id = last_id where name = 'schema'");
    }

    OptionalInt idOf(AvroText schema) {
        Optional<Integer> id = handle.createQuery("select id from registry_schema where tenant_id = :tenantId"
                        + " and service_id = :serviceId and fingerprint = :fingerprint")
                .bindMethods(scope)
                .bind("fingerprint", schema.fingerprint())
                .mapTo(Integer.class)
                .findOne();
        return id.map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    /** Keeps a new schema and returns its id; only after {@link #lock}. */
    int add(AvroText schema) {
        int id = handle.createQuery(
                        "update registry_sequence set last_id = last_id + 1 where name = 'schema' returning last_id")
                .mapTo(Integer.class)
                .one();
        handle.createUpdate("insert into registry_schema (id, tenant_id, service_id, fingerprint, schema_text)"
                        + " values (:id, :tenantId, :serviceId, :fingerprint, :text)")
                .bindMethods(scope)
                .bind("id", id)
                .bind("fingerprint", schema.fingerprint())
                .bind("text", schema.text())
                .execute();
        return id;
    }

    /** Returns the text of a schema that at least one subject has, deleted versions included. */
    Optional<String> text(long id) {
        return handle.createQuery("select schema_text from registry_schema s where id = :id"
                        + " and tenant_id = :tenantId and service_id = :serviceId"
                        + " and exists (select 1 from registry_version v where v.schema_id = s.id)")
                .bindMethods(scope)
                .bind("id", id)
                .mapTo(String.class)
                .findOne();
    }

    /** Returns the text of a schema in any scope; ids are unique over all of them. */
    static Optional<String> textForAnyone(Handle handle, long id) {
        return handle.createQuery("select schema_text from registry_schema where id = :id")
                .bind("id", id)
                .mapTo(String.class)
                .findOne();
    }

    /** Returns the versions that have the schema, without those of internal subjects. */
    List<SubjectVersion> uses(long id, boolean deleted) {
        return handle.createQuery("select v.subject, v.version, v.schema_id, s.schema_text, v.deleted"
                        + " from registry_version v join registry_schema s on s.id = v.schema_id"
                        + " where v.schema_id = :id and v.tenant_id = :tenantId and v.service_id = :serviceId"
                        + " and v.deleted <= :deleted order by v.created_at, v.subject, v.version")
                .bindMethods(scope)
                .bind("id", id)
                .bind("deleted", deleted ? 1 : 0)
                .map((row, context) -> SubjectRepository.version(row))
                .filter(version -> !version.subject().internal())
                .list();
    }
}
