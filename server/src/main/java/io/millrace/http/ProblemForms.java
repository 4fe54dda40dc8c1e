package io.millrace.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.util.List;

/** Gives refusals below some paths another form. */
final class ProblemForms implements ContainerResponseFilter {
    private final List<ProblemForm> forms;

    ProblemForms(List<ProblemForm> forms) {
        this.forms = List.copyOf(forms);
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (!(response.getEntity() instanceof Refusal refusal)) {
            return;
        }
        String path = request.getUriInfo().getPath();
        forms.stream()
                .filter(form -> path.equals(form.path()) || path.startsWith(form.path() + "/"))
                .findFirst()
                .ifPresent(form -> response.setEntity(form.body(response.getStatus(), refusal.code(), words(refusal))));
    }

    private static String words(Refusal refusal) {
        return refusal.detail() instanceof String sentence
                ? sentence
                : Json.mapper().valueToTree(refusal.detail()).toString();
    }
}
