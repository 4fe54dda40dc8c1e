package io.millrace.schemaregistry;

import io.millrace.http.Caller;

/** Whose subjects and schemas; nothing is seen across. */
public record Scope(String tenantId, String serviceId) {
    static Scope of(Caller caller) {
        return new Scope(caller.tenantId(), caller.serviceId());
    }
}
