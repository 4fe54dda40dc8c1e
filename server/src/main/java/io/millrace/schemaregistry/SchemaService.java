package io.millrace.schemaregistry;

import io.millrace.store.Store;
import java.util.List;

/** Finds schemas by the id that records carry. */
final class SchemaService {
    private final Store store;

    SchemaService(Store store) {
        this.store = store;
    }

    /** Returns the text of a schema. */
    String text(Scope scope, long id) {
        return store.read(handle -> new SchemaRepository(handle, scope).text(id))
                .orElseThrow(() -> RegistryProblems.noSchema(id));
    }

    /** Returns the versions that have the schema; none of internal subjects. */
    List<SubjectVersion> uses(Scope scope, long id, boolean deleted) {
        return store.read(handle -> {
            SchemaRepository schemas = new SchemaRepository(handle, scope);
            if (schemas.text(id).isEmpty()) {
                throw RegistryProblems.noSchema(id);
            }
            return schemas.uses(id, deleted);
        });
    }
}
