package io.millrace.metric;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The newest figures of an entity.
 *
 * @param figures counts since it began to be measured, values of the moment, and the delays of the last minute in which any
 *     change came
 * @param delayMs 95 of 100 changes took at most so long in the last minute in which any came
 * @param lastRecordAt when the newest record of a topic was written
 */
public record Latest(Instant measuredAt, Tally figures, OptionalDouble delayMs, Optional<Instant> lastRecordAt) {}
