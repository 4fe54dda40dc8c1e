package io.millrace.connector;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * Why a connector does not get to where it should.
 *
 * @param reason in a sentence, for people
 * @param trace stack trace
 * @param revision revision of the connector that it was met at
 */
public record Trouble(String reason, String trace, long revision) {
    static Trouble of(String reason, Throwable cause, long revision) {
        StringWriter trace = new StringWriter();
        cause.printStackTrace(new PrintWriter(trace, true));
        return new Trouble(reason, trace.toString(), revision);
    }
}
