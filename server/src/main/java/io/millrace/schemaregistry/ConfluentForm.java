package io.millrace.schemaregistry;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.millrace.http.ProblemForm;
import java.util.OptionalInt;

/** Refusals as clients of the Confluent protocol expect them: a number and a message. */
final class ConfluentForm implements ProblemForm {
    static final String PATH = "schema-registry/confluent";

    /** The body of a refusal. */
    record Problem(@JsonProperty("error_code") int errorCode, String message) {}

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public Problem body(int status, OptionalInt code, String message) {
        return new Problem(code.orElse(general(status)), message);
    }

    private static int general(int status) {
        return switch (status) {
            case 401 -> 40101;
            case 403 -> 40301;
            case 500 -> 50001;
            default -> status;
        };
    }
}
