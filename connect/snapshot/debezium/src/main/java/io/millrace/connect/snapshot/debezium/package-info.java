/**
 * What the wrapped tasks of all databases share of Debezium: {@link
 * io.millrace.connect.snapshot.debezium.PromptQueue}, the queue inside them.
 */
@NullMarked
package io.millrace.connect.snapshot.debezium;

import org.jspecify.annotations.NullMarked;
