/**
 * Writing to an HTTP endpoint: what each key of the connector {@code httpsink} does. {@link
 * io.millrace.destination.httpsink.HttpSink} has the properties, {@link io.millrace.destination.httpsink.HttpLook} looks at
 * the endpoint without sending it a record.
 */
@NullMarked
package io.millrace.destination.httpsink;

import org.jspecify.annotations.NullMarked;
