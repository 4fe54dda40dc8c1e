package io.millrace.http;

/** Is told of every answer of a resource method, or of a refusal in its place. Thread-safe. */
@FunctionalInterface
public interface AnswerListener {
    void answered(int status);
}
