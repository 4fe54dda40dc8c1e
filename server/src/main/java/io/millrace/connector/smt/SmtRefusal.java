package io.millrace.connector.smt;

import io.millrace.http.ApiProblem;
import java.util.List;
import java.util.Optional;

/**
 * What a client is told when a chain cannot be read or written; here {@code detail} is an object.
 *
 * @param code what clients branch on
 */
record SmtRefusal(String code, String message, List<Issue> issues) {
    SmtRefusal {
        issues = List.copyOf(issues);
    }

    /** What is wrong with one transformation. */
    record Issue(
            String code,
            String message,
            Optional<String> instanceId,
            Optional<String> requestKey,
            Optional<String> pointer) {}

    /** Returns the refusal with a status. */
    static ApiProblem of(int status, String code, String message) {
        return new ApiProblem.Detailed(status, message, new SmtRefusal(code, message, List.of()));
    }

    /** Returns the refusal of a chain with everything that is wrong with it. */
    static ApiProblem of(List<Issue> issues) {
        String message =
                issues.stream().map(Issue::message).reduce("", (all, one) -> all.isEmpty() ? one : all + "; " + one);
        return new ApiProblem.Detailed(400, message, new SmtRefusal("smt_chain_invalid", message, issues));
    }
}
