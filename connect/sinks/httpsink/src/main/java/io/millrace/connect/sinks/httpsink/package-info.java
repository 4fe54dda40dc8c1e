/**
 * Rows as JSON in the bodies of HTTP requests, one or many in each.
 *
 * <p>{@link io.millrace.connect.sinks.httpsink.HttpDestination} keeps what was handed over in a queue until the endpoint has
 * answered 2xx for it, and lets positions be committed only up to there. So a record that waits for its batch to fill, or
 * for the endpoint to come back, is read again after a crash.
 */
@NullMarked
package io.millrace.connect.sinks.httpsink;

import org.jspecify.annotations.NullMarked;
