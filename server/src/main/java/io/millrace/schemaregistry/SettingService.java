package io.millrace.schemaregistry;

import io.millrace.http.ApiProblem;
import io.millrace.store.Store;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Compatibility and mode: of a subject, else of the service, else BACKWARD and READWRITE. */
final class SettingService {
    static final CompatibilityLevel DEFAULT_COMPATIBILITY = CompatibilityLevel.BACKWARD;
    static final Mode DEFAULT_MODE = Mode.READWRITE;

    private final Store store;

    SettingService(Store store) {
        this.store = store;
    }

    /** Returns the level that new versions of the subject are checked with. */
    static CompatibilityLevel compatibilityOf(SettingRepository settings, SubjectName subject) {
        if (subject.unchecked()) {
            return CompatibilityLevel.NONE;
        }
        return settings.compatibility(Optional.of(subject))
                .or(() -> settings.compatibility(Optional.empty()))
                .orElse(DEFAULT_COMPATIBILITY);
    }

    /** Returns the mode that the subject is in. */
    static Mode modeOf(SettingRepository settings, SubjectName subject) {
        if (subject.unchecked()) {
            return Mode.READWRITE;
        }
        return settings.mode(Optional.of(subject))
                .or(() -> settings.mode(Optional.empty()))
                .orElse(DEFAULT_MODE);
    }

    CompatibilityLevel compatibility(Scope scope) {
        return settings(
                scope, settings -> settings.compatibility(Optional.empty()).orElse(DEFAULT_COMPATIBILITY));
    }

    /** Returns the subject's own level, or with {@code effective} the one that holds for it. */
    CompatibilityLevel compatibility(Scope scope, SubjectName subject, boolean effective) {
        visible(subject, RegistryProblems.noOwnCompatibility(subject));
        return settings(scope, settings -> {
            if (effective || subject.captured()) {
                return compatibilityOf(settings, subject);
            }
            return settings.compatibility(Optional.of(subject))
                    .orElseThrow(() -> RegistryProblems.noOwnCompatibility(subject));
        });
    }

    void setCompatibility(Scope scope, Optional<SubjectName> subject, CompatibilityLevel level) {
        subject.ifPresent(SettingService::changeable);
        store.change(handle -> of(handle, scope).compatibility(subject, level));
    }

    /** Removes the level of a subject or of the service and returns what it was. */
    CompatibilityLevel removeCompatibility(Scope scope, Optional<SubjectName> subject) {
        subject.ifPresent(SettingService::changeable);
        return store.write(handle -> {
            SettingRepository settings = of(handle, scope);
            Optional<CompatibilityLevel> was = settings.compatibility(subject);
            settings.removeCompatibility(subject);
            return was.or(() -> subject.isPresent() ? Optional.empty() : Optional.of(DEFAULT_COMPATIBILITY))
                    .orElseThrow(() -> RegistryProblems.noOwnCompatibility(subject.orElseThrow()));
        });
    }

    Mode mode(Scope scope) {
        return settings(scope, settings -> settings.mode(Optional.empty()).orElse(DEFAULT_MODE));
    }

    /** Returns the subject's own mode, or with {@code effective} the one that holds for it. */
    Mode mode(Scope scope, SubjectName subject, boolean effective) {
        visible(subject, RegistryProblems.noOwnMode(subject));
        return settings(scope, settings -> {
            if (effective || subject.captured()) {
                return modeOf(settings, subject);
            }
            return settings.mode(Optional.of(subject)).orElseThrow(() -> RegistryProblems.noOwnMode(subject));
        });
    }

    void setMode(Scope scope, Optional<SubjectName> subject, Mode mode) {
        subject.ifPresent(SettingService::changeable);
        store.change(handle -> of(handle, scope).mode(subject, mode));
    }

    /** Removes the mode of a subject and returns what it was. */
    Mode removeMode(Scope scope, SubjectName subject) {
        changeable(subject);
        return store.write(handle -> {
            SettingRepository settings = of(handle, scope);
            Mode was = settings.mode(Optional.of(subject)).orElseThrow(() -> RegistryProblems.noOwnMode(subject));
            settings.removeMode(Optional.of(subject));
            return was;
        });
    }

    private static void changeable(SubjectName subject) {
        if (subject.unchecked()) {
            throw RegistryProblems.fixed(subject);
        }
    }

    private static void visible(SubjectName subject, ApiProblem problem) {
        if (subject.internal()) {
            throw problem;
        }
    }

    private <T> T settings(Scope scope, Function<SettingRepository, T> question) {
        return store.read(handle -> question.apply(of(handle, scope)));
    }

    private static SettingRepository of(Handle handle, Scope scope) {
        return new SettingRepository(handle, scope);
    }
}
