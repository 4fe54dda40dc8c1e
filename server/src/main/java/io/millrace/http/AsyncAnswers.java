package io.millrace.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.glassfish.jersey.servlet.spi.AsyncContextDelegate;
import org.glassfish.jersey.servlet.spi.AsyncContextDelegateProvider;

/** Lets an answer go on after its resource method has returned, as streams of events do, without holding a thread. */
final class AsyncAnswers implements AsyncContextDelegateProvider {
    @Override
    public AsyncContextDelegate createDelegate(HttpServletRequest request, HttpServletResponse response) {
        return new OneAnswer(request, response);
    }

    private static final class OneAnswer implements AsyncContextDelegate {
        private final HttpServletRequest request;
        private final HttpServletResponse response;
        private final AtomicReference<Optional<AsyncContext>> going = new AtomicReference<>(Optional.empty());

        OneAnswer(HttpServletRequest request, HttpServletResponse response) {
            this.request = request;
            this.response = response;
        }

        @Override
        public void suspend() {
            AsyncContext context = request.startAsync(request, response);
            // Whoever writes the answer ends it.
            context.setTimeout(0);
            going.set(Optional.of(context));
        }

        @Override
        public void complete() {
            going.getAndSet(Optional.empty()).ifPresent(AsyncContext::complete);
        }
    }
}
