package io.millrace.schemaregistry;

import io.millrace.http.Caller;
import io.millrace.http.ProblemForm;
import io.millrace.store.Store;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The registry as the wiring sees it. */
public final class SchemaRegistry {
    private final Store store;
    private final List<Object> resources;

    public SchemaRegistry(Store store, Clock clock) {
        this.store = store;
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

    /** Returns the text of a schema that the caller may see. */
    public Optional<String> schema(Caller caller, long id) {
        return store.read(handle -> new SchemaRepository(handle, Scope.of(caller)).text(id));
    }

    /** Returns the text of a schema, whoever has it; for the platform's own reading. */
    public Optional<String> schema(long id) {
        return store.read(handle -> SchemaRepository.textForAnyone(handle, id));
    }

    /**
     * A schema that records can be written with.
     *
     * @param id that records carry
     * @param text as Avro writes it
     */
    public record Newest(int id, String text) {}

    /** Returns the newest schema of a subject of the caller's. */
    public Optional<Newest> newest(Caller caller, String subject) {
        return store.read(handle -> new SubjectRepository(handle, Scope.of(caller))
                .versions(new SubjectName(subject), false).stream()
                        .reduce((before, after) -> after)
                        .map(version -> new Newest(version.id(), version.text())));
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
