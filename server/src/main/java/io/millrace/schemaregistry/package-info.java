/**
 * The schema registry: which Avro schema an id in a record means, and which schemas a subject has had.
 *
 * <p>A subject is the keys or the values of a topic ({@code source_5f….public.orders-value}); its versions count from 1. A
 * schema has one id in its service, whichever subjects it is registered under, and an id is never given to another
 * schema, not even after everything was deleted: records with it may still lie in a topic.
 *
 * <p>There are two surfaces. {@link io.millrace.schemaregistry.SchemaRegistryResource} is the contract's own form. The
 * {@code Confluent…Resource} classes under {@code /schema-registry/confluent} speak the protocol that serializers and
 * consumers of the field know, with its numeric error codes; they are additions that the contract document does not list.
 *
 * <p>What a captured source registers is never refused: its subjects have compatibility NONE and mode READWRITE, and no
 * setting changes that, because a source must not stop when a column changes. Subjects that clients register must be
 * BACKWARD compatible unless they say otherwise. Subjects of internal topics can be registered but never show.
 */
@NullMarked
package io.millrace.schemaregistry;

import org.jspecify.annotations.NullMarked;
