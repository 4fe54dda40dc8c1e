package io.millrace.schemaregistry;

import io.millrace.store.Store;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.avro.Schema;

/** Says whether a schema could be registered. */
final class CompatibilityService {
    private final Store store;

    CompatibilityService(Store store) {
        this.store = store;
    }

    /** Returns why the schema is not compatible with the subject as it is; a subject without versions takes any. */
    List<String> check(Scope scope, SubjectName subject, AvroText schema) {
        return store.read(handle -> problems(
                SettingService.compatibilityOf(new SettingRepository(handle, scope), subject),
                schema,
                new SubjectRepository(handle, scope).versions(subject, false)));
    }

    /** Returns why the schema is not compatible with one version of the subject. */
    List<String> check(Scope scope, SubjectName subject, VersionSpec spec, AvroText schema) {
        return store.read(handle -> {
            SubjectVersion version = SubjectService.pick(SubjectService.shown(handle, scope, subject, false), spec);
            CompatibilityLevel level = SettingService.compatibilityOf(new SettingRepository(handle, scope), subject);
            return problems(level, schema, List.of(version));
        });
    }

    static List<String> problems(CompatibilityLevel level, AvroText schema, List<SubjectVersion> rising) {
        if (level == CompatibilityLevel.NONE) {
            return List.of();
        }
        List<Schema> newestFirst = new ArrayList<>(rising.stream()
                .map(version -> AvroText.parse(version.text()).schema())
                .toList());
        Collections.reverse(newestFirst);
        return level.problems(schema.schema(), newestFirst);
    }
}
