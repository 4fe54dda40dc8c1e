package io.millrace.http;

import io.millrace.http.shape.ShapeError;
import java.io.Serial;
import java.util.List;

/**
 * A request that is refused. It knows its status and what the client is told; thrown anywhere below a resource method it
 * becomes {@code {"detail": ...}}. Messages name the thing, what is wrong with it and the remedy, in the words that the
 * contract fixes where it fixes them: clients branch on the text.
 */
public abstract sealed class ApiProblem extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;

    private ApiProblem(int status, String detail) {
        // Refusals are answers, not failures: no stack trace, no suppression.
        super(detail, null, false, false);
        this.status = status;
    }

    /** Returns the HTTP status. */
    public final int status() {
        return status;
    }

    /** Returns what the client finds under {@code detail}: a sentence, or the list of shape errors. */
    public Object detail() {
        return String.valueOf(getMessage());
    }

    /** 400: well-formed, but cannot be done as asked. */
    public static final class BadRequest extends ApiProblem {
        @Serial
        private static final long serialVersionUID = 1L;

        public BadRequest(String detail) {
            super(400, detail);
        }
    }

    /** 401: no token, or one that does not count. */
    public static final class Unauthenticated extends ApiProblem {
        @Serial
        private static final long serialVersionUID = 1L;

        public Unauthenticated(String detail) {
            super(401, detail);
        }
    }

    /** 403: the caller may not. */
    public static final class Forbidden extends ApiProblem {
        @Serial
        private static final long serialVersionUID = 1L;

        public Forbidden(String detail) {
            super(403, detail);
        }

        /** Says which permission is missing. */
        public static Forbidden missing(String permission) {
            return new Forbidden("Missing permission: " + permission);
        }
    }

    /** 404: no such thing for this caller. */
    public static final class NotFound extends ApiProblem {
        @Serial
        private static final long serialVersionUID = 1L;

        public NotFound(String detail) {
            super(404, detail);
        }
    }

    /** 409: not in the present state. */
    public static final class Conflict extends ApiProblem {
        @Serial
        private static final long serialVersionUID = 1L;

        public Conflict(String detail) {
            super(409, detail);
        }
    }

    /** 413: more than the server takes. */
    public static final class TooLarge extends ApiProblem {
        @Serial
        private static final long serialVersionUID = 1L;

        public TooLarge(String detail) {
            super(413, detail);
        }
    }

    /** 422 with a sentence: the shape is right, but a rule is broken. */
    public static final class Invalid extends ApiProblem {
        @Serial
        private static final long serialVersionUID = 1L;

        public Invalid(String detail) {
            super(422, detail);
        }
    }

    /** 422 with a list: the shape is wrong. Made by the request reader; services throw {@link Invalid}. */
    public static final class WrongShape extends ApiProblem {
        @Serial
        private static final long serialVersionUID = 1L;

        private final transient List<ShapeError> errors;

        public WrongShape(List<ShapeError> errors) {
            super(422, errors.size() + " error(s) of shape");
            this.errors = List.copyOf(errors);
        }

        @Override
        public Object detail() {
            return errors;
        }
    }

    /** 429: later, please; sent with {@code Retry-After: 1}. */
    public static final class TooManyRequests extends ApiProblem {
        @Serial
        private static final long serialVersionUID = 1L;

        public TooManyRequests(String detail) {
            super(429, detail);
        }
    }

    /** 503: the server is starting or stopping; sent with {@code Retry-After: 1}. Never thrown because of what a client sent. */
    public static final class Unavailable extends ApiProblem {
        @Serial
        private static final long serialVersionUID = 1L;

        public Unavailable(String detail) {
            super(503, detail);
        }
    }

    /** A refusal of a call whose {@code detail} is an object, as the contract has it for few. */
    public static final class Detailed extends ApiProblem {
        @Serial
        private static final long serialVersionUID = 1L;

        private final transient Object detail;

        public Detailed(int status, String message, Object detail) {
            super(status, message);
            this.detail = detail;
        }

        @Override
        public Object detail() {
            return detail;
        }
    }

    /** A refusal with a number of its own, for a surface whose clients branch on such numbers; see {@link ProblemForm}. */
    public static final class Coded extends ApiProblem {
        @Serial
        private static final long serialVersionUID = 1L;

        private final int code;

        public Coded(int status, int code, String detail) {
            super(status, detail);
            this.code = code;
        }

        /** Returns the number. */
        public int code() {
            return code;
        }
    }
}
