package io.millrace.schemaregistry;

import io.millrace.http.PageRequest;
import io.millrace.http.shape.Inline;
import java.util.Optional;

/**
 * Which subjects are listed.
 *
 * @param topicId only the subjects of this topic's keys and values
 */
public record SubjectFilter(@Inline PageRequest page, Optional<String> partialName, Optional<String> topicId) {}
