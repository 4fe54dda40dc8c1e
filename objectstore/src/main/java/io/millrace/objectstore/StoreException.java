package io.millrace.objectstore;

import java.io.IOException;

/** A store refused a request, or could not be reached; the message says in words what is wrong and what to do. */
public final class StoreException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String problem;
    private final String remedy;
    private final boolean lasting;

    StoreException(String problem, String remedy, boolean lasting) {
        super(problem + "; " + remedy);
        this.problem = problem;
        this.remedy = remedy;
        this.lasting = lasting;
    }

    StoreException(String problem, String remedy, Throwable cause) {
        super(problem + "; " + remedy, cause);
        this.problem = problem;
        this.remedy = remedy;
        lasting = false;
    }

    /** Returns what is wrong. */
    public String problem() {
        return problem;
    }

    /** Returns what to do. */
    public String remedy() {
        return remedy;
    }

    /** Returns whether only a change of the settings, the bucket or its rights helps, rather than time. */
    public boolean lasting() {
        return lasting;
    }
}
