package io.millrace.http;

import java.util.OptionalInt;

/** How refusals look below one path, for a surface whose clients expect another form than {@code {"detail": ...}}. */
public interface ProblemForm {
    /** Returns the path below which this form is used, without a leading slash, for example {@code schema-registry/confluent}. */
    String path();

    /**
     * Returns the body for a refusal, to be written as JSON.
     *
     * @param code number that an {@link ApiProblem.Coded} has
     */
    Object body(int status, OptionalInt code, String message);
}
