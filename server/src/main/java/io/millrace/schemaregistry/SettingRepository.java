package io.millrace.schemaregistry;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Compatibility and mode of one scope and its subjects, in one transaction. */
record SettingRepository(Handle handle, Scope scope) {
    private static final String SERVICE = "";
    private static final String COMPATIBILITY = "compatibility";
    private static final String MODE = "mode";

    Optional<CompatibilityLevel> compatibility(Optional<SubjectName> subject) {
        return get(subject, COMPATIBILITY).map(CompatibilityLevel::valueOf);
    }

    void compatibility(Optional<SubjectName> subject, CompatibilityLevel level) {
        set(subject, COMPATIBILITY, level.name());
    }

    void removeCompatibility(Optional<SubjectName> subject) {
        remove(subject, COMPATIBILITY);
    }

    Optional<Mode> mode(Optional<SubjectName> subject) {
        return get(subject, MODE).map(Mode::valueOf);
    }

    void mode(Optional<SubjectName> subject, Mode mode) {
        set(subject, MODE, mode.name());
    }

    void removeMode(Optional<SubjectName> subject) {
        remove(subject, MODE);
    }

    private Optional<String> get(Optional<SubjectName> subject, String name) {
        return handle.createQuery("select setting from registry_setting where tenant_id = :tenantId"
                        + " and service_id = :serviceId and subject = :subject and name = :name")
                .bindMethods(scope)
                .bind("subject", key(subject))
                .bind("name", name)
                .mapTo(String.class)
                .findOne();
    }

    private void set(Optional<SubjectName> subject, String name, String setting) {
        handle.createUpdate("insert into registry_setting (tenant_id, service_id, subject, name, setting)"
                        + " values (:tenantId, :serviceId, :subject, :name, :setting)"
                        + " on conflict (tenant_id, service_id, subject, name) do update set setting = :setting")
                .bindMethods(scope)
                .bind("subject", key(subject))
                .bind("name", name)
                .bind("setting", setting)
                .execute();
    }

    private void remove(Optional<SubjectName> subject, String name) {
        handle.createUpdate("delete from registry_setting where tenant_id = :tenantId and service_id = :serviceId"
                        + " and subject = :subject and name = :name")
                .bindMethods(scope)
                .bind("subject", key(subject))
                .bind("name", name)
                .execute();
    }

    private static String key(Optional<SubjectName> subject) {
        return subject.map(SubjectName::value).orElse(SERVICE);
    }
}
