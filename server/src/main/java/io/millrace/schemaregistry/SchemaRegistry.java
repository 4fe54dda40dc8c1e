package io.millrace.schemaregistry;

import io.millrace.http.ProblemForm;
import io.millrace.store.Store;
import java.time.Clock;
import java.util.List;

/** The registry as the wiring sees it. */
public final class SchemaRegistry {
    private final List<Object> resources;

    public SchemaRegistry(Store store, Clock clock) {
        SubjectService subjects = new SubjectService(store, clock);
        SchemaService schemas = new SchemaService(store);
        SettingService settings = new SettingService(store);
        CompatibilityService compatibility = new CompatibilityService(store);
        this.resources = List.of(
                new SchemaRegistryResource(subjects, schemas),
                new ConfluentSubjectResource(subjects),
                new ConfluentSchemaResource(schemas),
                new ConfluentCompatibilityResource(compatibility),
                new ConfluentConfigResource(settings),
                new ConfluentModeResource(settings));
    }

    /** Returns the resources of both surfaces. */
    public List<Object> resources() {
        return resources;
    }

    /** Returns how the Confluent-compatible surface refuses. */
    public ProblemForm form() {
        return new ConfluentForm();
    }
}
