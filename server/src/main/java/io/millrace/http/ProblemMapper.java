package io.millrace.http;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever a request ended with into {@code {"detail": ...}}. Ours are logged once with their trace, clients' mistakes at DEBUG. */
final class ProblemMapper implements ExceptionMapper<Throwable> {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemMapper.class);

    private final Readiness readiness;

    ProblemMapper(Readiness readiness) {
        this.readiness = readiness;
    }

    @Override
    public Response toResponse(Throwable thrown) {
        if (thrown instanceof ApiProblem problem) {
            LOG.atDebug().addKeyValue("status", problem.status()).log("Refused: {}", problem.getMessage());
            OptionalInt code =
                    problem instanceof ApiProblem.Coded coded ? OptionalInt.of(coded.code()) : OptionalInt.empty();
            Response.ResponseBuilder answer = answer(problem.status(), new Refusal(problem.detail(), code));
            if (problem instanceof ApiProblem.TooManyRequests || problem instanceof ApiProblem.Unavailable) {
                answer.header(HttpHeaders.RETRY_AFTER, "1");
            }
            if (problem instanceof ApiProblem.Unauthenticated) {
                answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            }
            return answer.build();
        }
        if (thrown instanceof WebApplicationException web && web.getResponse().getStatus() < 500) {
            Response theirs = web.getResponse();
            Response.ResponseBuilder answer =
                    answer(theirs.getStatus(), theirs.getStatusInfo().getReasonPhrase());
            theirs.getAllowedMethods().stream()
                    .filter(method -> !method.equals(HttpMethod.OPTIONS))
                    .sorted()
                    .reduce((a, b) -> a + ", " + b)
                    .ifPresent(allow -> answer.header(HttpHeaders.ALLOW, allow));
            return answer.build();
        }
        if (!readiness.ready()) {
            LOG.warn("A request was cut off, for the platform is starting or stopping", thrown);
            return toResponse(Readiness.notReady());
        }
        LOG.error("A request failed for a reason of ours", thrown);
        return answer(500, "Internal server error; the log of the server has the reason under the X-Request-Id")
                .build();
    }

    private static Response.ResponseBuilder answer(int status, String detail) {
        return answer(status, new Refusal(detail));
    }

    private static Response.ResponseBuilder answer(int status, Refusal refusal) {
        return Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(refusal);
    }
}
