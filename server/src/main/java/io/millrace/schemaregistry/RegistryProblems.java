package io.millrace.schemaregistry;

import io.millrace.http.ApiProblem;
import java.util.List;

/** The refusals of the registry with the numeric codes that clients of the Confluent protocol branch on. */
final class RegistryProblems {
    private RegistryProblems() {}

    static ApiProblem noSubject(SubjectName subject) {
        return new ApiProblem.Coded(404, 40401, "Subject '" + subject.value() + "' not found.");
    }

    static ApiProblem noVersion(int version) {
        return new ApiProblem.Coded(404, 40402, "Version " + version + " not found.");
    }

    static ApiProblem noSchema(long id) {
        return new ApiProblem.Coded(404, 40403, "Schema " + id + " not found.");
    }

    static ApiProblem noSuchSchema() {
        return new ApiProblem.Coded(404, 40403, "Schema not found.");
    }

    static ApiProblem subjectDeleted(SubjectName subject) {
        return new ApiProblem.Coded(
                404,
                40404,
                "Subject '" + subject.value() + "' was soft deleted. Set permanent=true to delete it permanently.");
    }

    static ApiProblem subjectNotDeleted(SubjectName subject) {
        return new ApiProblem.Coded(
                404,
                40405,
                "Subject '" + subject.value() + "' was not deleted first before being permanently deleted.");
    }

    static ApiProblem versionDeleted(SubjectName subject, int version) {
        return new ApiProblem.Coded(
                404,
                40406,
                "Subject '" + subject.value() + "' version " + version
                        + " was soft deleted. Set permanent=true to delete it permanently.");
    }

    static ApiProblem versionNotDeleted(SubjectName subject, int version) {
        return new ApiProblem.Coded(
                404,
                40407,
                "Subject '" + subject.value() + "' version " + version
                        + " was not deleted first before being permanently deleted.");
    }

    static ApiProblem noOwnCompatibility(SubjectName subject) {
        return new ApiProblem.Coded(
                404, 40408, "Subject '" + subject.value() + "' does not have subject-level compatibility configured.");
    }

    static ApiProblem noOwnMode(SubjectName subject) {
        return new ApiProblem.Coded(
                404, 40409, "Subject '" + subject.value() + "' does not have subject-level mode configured.");
    }

    static ApiProblem incompatible(SubjectName subject, CompatibilityLevel level, List<String> reasons) {
        return new ApiProblem.Coded(
                409,
                409,
                "Schema being registered is incompatible with an earlier schema for subject \"" + subject.value()
                        + "\" (compatibility " + level + "): " + String.join("; ", reasons));
    }

    static ApiProblem invalidSchema(String reason) {
        return new ApiProblem.Coded(422, 42201, "Invalid schema: " + reason);
    }

    static ApiProblem invalidVersion(String version) {
        return new ApiProblem.Coded(
                422,
                42202,
                "The specified version '" + version
                        + "' is not a valid version id. Allowed values are between [1, 2^31-1] and the string \"latest\".");
    }

    static ApiProblem invalidCompatibility() {
        return new ApiProblem.Coded(
                422, 42203, "Invalid compatibility level. Valid values are " + List.of(CompatibilityLevel.values()));
    }

    static ApiProblem invalidMode() {
        return new ApiProblem.Coded(422, 42204, "Invalid mode. Valid values are " + List.of(Mode.values()));
    }

    static ApiProblem readOnly(SubjectName subject) {
        return new ApiProblem.Coded(
                422, 42205, "Subject '" + subject.value() + "' is in read-only mode; set its mode to READWRITE first.");
    }

    static ApiProblem fixed(SubjectName subject) {
        return new ApiProblem.Coded(
                422,
                42205,
                "Subject '" + subject.value()
                        + "' is written by a captured source; its compatibility stays NONE and its"
                        + " mode READWRITE, so that no change of a table can stop the source.");
    }

    static ApiProblem invalidSubject(String subject) {
        return new ApiProblem.Coded(
                422,
                42208,
                "The subject must have 1 to " + SubjectName.MOST_CHARACTERS + " characters, not " + subject.length()
                        + ".");
    }
}
