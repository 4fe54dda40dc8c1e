/**
 * Connect records as Avro in the Confluent wire format, and back.
 *
 * <p>A Connect schema is compiled once into an Avro schema and a tree of {@link
 * io.millrace.connect.converters.avro.ValueWriter}s that put Connect values straight into the binary encoder: no Avro
 * objects are made in between. Whatever Avro has no word for (the name of a Debezium semantic type, the version, the
 * parameters, a column name with a space in it) stays beside the Avro type as a {@code connect.*} property, so that
 * decoding gives back a Connect schema that equals the first one, while any Avro reader can read the record.
 *
 * <p>A required column {@code "größe"} of type {@code io.debezium.time.Date}, for example, is the field {@code
 * gr_u00F6_u00DFe} with the property {@code connect.field.name} and the type {@code {"type": "int", "connect.name":
 * "io.debezium.time.Date", "connect.version": 1}}. Equal values of equal schemas always have equal bytes.
 */
@NullMarked
package io.millrace.connect.converters.avro;

import org.jspecify.annotations.NullMarked;
