/**
 * The converter between Connect records and the bytes in topics.
 *
 * <p>{@code format=avro} writes the Confluent wire format and needs a registry, {@code format=json} writes plain JSON;
 * where it has a registry, a header names the schema there, so that who reads with this converter gets all types back.
 * Records that the snapshot engine has encoded already carry a BYTES schema of the name {@link
 * io.millrace.control.ControlTopics#ENCODED_SCHEMA} and pass through untouched in both formats; null is a tombstone in
 * both. The encoder itself, {@link io.millrace.connect.converters.avro.AvroEncoder}, knows nothing of converters, so
 * that readers can encode rows on threads of their own.
 */
@NullMarked
package io.millrace.connect.converters;

import org.jspecify.annotations.NullMarked;
