package io.millrace.objectstore;

import java.io.IOException;

/** A store refused a request, or could not be reached; the message says in words what is wrong and what to do. */
public final class S3Exception extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean lasting;

    S3Exception(String message, boolean lasting) {
        super(message);
        this.lasting = lasting;
    }

    S3Exception(String message, Throwable cause) {
        super(message, cause);
        lasting = false;
    }

    /** Returns whether only a change of the settings, the bucket or its rights helps, rather than time. */
    public boolean lasting() {
        return lasting;
    }
}
