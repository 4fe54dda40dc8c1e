package io.millrace.schemaregistry;

import io.millrace.http.Page;
import io.millrace.store.Store;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jdbi.v3.core.Handle;

/** Registers, finds and deletes schemas. All changes come one after the other; what is answered has been kept. */
final class SubjectService {
    private final Store store;
    private final Clock clock;

    SubjectService(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Returns the id of the schema under the subject, after adding a version if the subject does not have it. */
    int register(Scope scope, SubjectName subject, AvroText schema) {
        Optional<SubjectVersion> known = store.read(handle -> find(handle, scope, subject, schema, false));
        return known.map(SubjectVersion::id)
                .orElseGet(() -> store.write(handle -> add(handle, scope, subject, schema)));
    }

    private int add(Handle handle, Scope scope, SubjectName subject, AvroText schema) {
        SchemaRepository schemas = new SchemaRepository(handle, scope);
        schemas.lock();
        Optional<SubjectVersion> known = find(handle, scope, subject, schema, false);
        if (known.isPresent()) {
            return known.get().id();
        }
        SettingRepository settings = new SettingRepository(handle, scope);
        if (SettingService.modeOf(settings, subject) == Mode.READONLY) {
            throw RegistryProblems.readOnly(subject);
        }
        SubjectRepository subjects = new SubjectRepository(handle, scope);
        CompatibilityLevel level = SettingService.compatibilityOf(settings, subject);
        List<String> problems = CompatibilityService.problems(level, schema, subjects.versions(subject, false));
        if (!problems.isEmpty()) {
            throw RegistryProblems.incompatible(subject, level, problems);
        }
        OptionalInt same = schemas.idOf(schema);
        int id = same.isPresent() ? same.getAsInt() : schemas.add(schema);
        subjects.add(subject, id, clock.instant());
        return id;
    }

    /** Returns the version of the subject that has the schema. */
    SubjectVersion lookup(Scope scope, SubjectName subject, AvroText schema, boolean deleted) {
        return store.read(handle -> {
            if (new SubjectRepository(handle, scope).versions(subject, deleted).isEmpty()) {
                throw RegistryProblems.noSubject(subject);
            }
            return find(handle, scope, subject, schema, deleted).orElseThrow(RegistryProblems::noSuchSchema);
        });
    }

    /** Returns the names of all subjects that start with {@code prefix}. */
    List<String> names(Scope scope, String prefix, boolean deleted) {
        return store.read(handle -> new SubjectRepository(handle, scope)
                .names(deleted).stream().filter(name -> name.startsWith(prefix)).toList());
    }

    Page<SubjectSummary> page(Scope scope, SubjectFilter filter) {
        return store.read(handle -> {
            SubjectRepository subjects = new SubjectRepository(handle, scope);
            return Page.of(filter.page(), subjects.page(filter), subjects.count(filter));
        });
    }

    /** Returns the versions of a subject, rising, at least one. */
    List<SubjectVersion> versions(Scope scope, SubjectName subject, boolean deleted) {
        return store.read(handle -> shown(handle, scope, subject, deleted));
    }

    SubjectVersion version(Scope scope, SubjectName subject, VersionSpec spec, boolean deleted) {
        return pick(versions(scope, subject, deleted), spec);
    }

    /** Deletes a subject, first so that it can still be read, then for good; returns the versions that went. */
    List<Integer> delete(Scope scope, SubjectName subject, boolean permanent) {
        return store.write(handle -> {
            List<SubjectVersion> all = changeable(handle, scope, subject);
            List<SubjectVersion> living =
                    all.stream().filter(version -> !version.deleted()).toList();
            if (permanent && !living.isEmpty()) {
                throw RegistryProblems.subjectNotDeleted(subject);
            }
            if (!permanent && living.isEmpty()) {
                throw RegistryProblems.subjectDeleted(subject);
            }
            SubjectRepository subjects = new SubjectRepository(handle, scope);
            List<SubjectVersion> going = permanent ? all : living;
            going.forEach(version -> drop(subjects, version, permanent));
            return going.stream().map(SubjectVersion::version).toList();
        });
    }

    /** Deletes one version, first so that it can still be read, then for good; returns its number. */
    int deleteVersion(Scope scope, SubjectName subject, VersionSpec spec, boolean permanent) {
        return store.write(handle -> {
            List<SubjectVersion> all = changeable(handle, scope, subject);
            List<SubjectVersion> living =
                    all.stream().filter(version -> !version.deleted()).toList();
            SubjectVersion version = pick(spec.number().isPresent() || living.isEmpty() ? all : living, spec);
            if (permanent && !version.deleted()) {
                throw RegistryProblems.versionNotDeleted(subject, version.version());
            }
            if (!permanent && version.deleted()) {
                throw RegistryProblems.versionDeleted(subject, version.version());
            }
            drop(new SubjectRepository(handle, scope), version, permanent);
            return version.version();
        });
    }

    /** Returns all versions of a subject that may be deleted, and makes other changes wait. */
    private static List<SubjectVersion> changeable(Handle handle, Scope scope, SubjectName subject) {
        new SchemaRepository(handle, scope).lock();
        List<SubjectVersion> all = shown(handle, scope, subject, true);
        if (SettingService.modeOf(new SettingRepository(handle, scope), subject) == Mode.READONLY) {
            throw RegistryProblems.readOnly(subject);
        }
        return all;
    }

    private static void drop(SubjectRepository subjects, SubjectVersion version, boolean permanent) {
        if (permanent) {
            subjects.remove(version.subject(), version.version());
        } else {
            subjects.markDeleted(version.subject(), version.version());
        }
    }

    /** Returns the versions of a subject that is there and not internal. */
    static List<SubjectVersion> shown(Handle handle, Scope scope, SubjectName subject, boolean deleted) {
        List<SubjectVersion> versions =
                subject.internal() ? List.of() : new SubjectRepository(handle, scope).versions(subject, deleted);
        if (versions.isEmpty()) {
            throw RegistryProblems.noSubject(subject);
        }
        return versions;
    }

    static SubjectVersion pick(List<SubjectVersion> versions, VersionSpec spec) {
        if (spec.number().isEmpty()) {
            return versions.get(versions.size() - 1);
        }
        int number = spec.number().getAsInt();
        return versions.stream()
                .filter(version -> version.version() == number)
                .findFirst()
                .orElseThrow(() -> RegistryProblems.noVersion(number));
    }

    private static Optional<SubjectVersion> find(
            Handle handle, Scope scope, SubjectName subject, AvroText schema, boolean deleted) {
        OptionalInt id = new SchemaRepository(handle, scope).idOf(schema);
        return id.isEmpty()
                ? Optional.empty()
                : new SubjectRepository(handle, scope).versionOf(subject, id.getAsInt(), deleted);
    }
}
