package io.millrace.system;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * One thing that has to work.
 *
 * @param name as in the report, for example {@code database}
 * @param problem what is wrong, in a sentence, or nothing; a failure of its own counts as wrong
 */
public record HealthCheck(String name, Supplier<Optional<String>> problem) {}
