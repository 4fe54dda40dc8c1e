package io.millrace.http;

import java.util.List;

/** What an {@link ApiServer} serves. */
public record Api(
        List<Object> resources,
        Authenticator authenticator,
        List<ProblemForm> forms,
        Readiness readiness,
        AnswerListener listener) {
    public Api {
        resources = List.copyOf(resources);
        forms = List.copyOf(forms);
    }

    /** An API that is ready at once and whose answers nobody counts. */
    public Api(List<Object> resources, Authenticator authenticator, List<ProblemForm> forms) {
        this(resources, authenticator, forms, Readiness.immediate(), status -> {});
    }
}
