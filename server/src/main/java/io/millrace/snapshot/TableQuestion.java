package io.millrace.snapshot;

import java.util.Optional;

/**
 * A table that somebody would snapshot.
 *
 * @param surrogateKey column that is to order the chunks
 * @param filter text of a WHERE clause, straight from the client
 */
public record TableQuestion(TableTopic topic, Optional<String> surrogateKey, Optional<String> filter) {}
