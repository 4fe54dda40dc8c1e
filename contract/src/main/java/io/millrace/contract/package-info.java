/**
 * The REST API and the connector catalogue as data.
 *
 * <p>{@code openapi.yaml} describes every operation, {@code connectors/} holds one file per connector code, and
 * {@code validation-examples.jsonl} holds answers to malformed requests, letter by letter. The server serves and
 * enforces them; the tests compare the running server with them.
 */
@NullMarked
package io.millrace.contract;

import org.jspecify.annotations.NullMarked;
