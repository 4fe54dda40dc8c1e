package io.millrace.connect.snapshot;

import java.util.Optional;
import org.apache.kafka.connect.data.SchemaAndValue;

/**
 * One row, converted as the stream converts it.
 *
 * @param identity what tells the row from all others of the table; empty when nothing does
 * @param key record key, whose value is null when the table has no key
 * @param value the envelope
 */
public record Row(Optional<RowIdentity> identity, SchemaAndValue key, SchemaAndValue value) {}
