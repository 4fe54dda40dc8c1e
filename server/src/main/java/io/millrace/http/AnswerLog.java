package io.millrace.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;

/** Tells the listener of each answer. */
final class AnswerLog implements ContainerResponseFilter {
    private final AnswerListener listener;

    AnswerLog(AnswerListener listener) {
        this.listener = listener;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        listener.answered(response.getStatus());
    }
}
