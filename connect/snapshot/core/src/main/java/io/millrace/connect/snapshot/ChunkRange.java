package io.millrace.connect.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * Which rows a chunk holds.
 *
 * @param after key that all rows lie beyond; empty from the start
 * @param greatest greatest key of the run; empty when no row had a whole key at its start
 * @param end key that no row lies beyond; empty while not known: then the read itself finds it by its limits
 */
public record ChunkRange(Optional<JsonNode> after, Optional<JsonNode> greatest, Optional<JsonNode> end) {}
