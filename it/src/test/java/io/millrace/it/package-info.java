/**
 * The platform as a whole: a process of its own, a real PostgreSQL, and only what any client can see of it.
 *
 * <p>A campaign does harm at random moments and prints the seed that these came from, so that it can be done again.
 * Afterwards {@link io.millrace.it.TopicOracle} replays the whole topic and says whether S1, S2 and S3 held.
 */
@NullMarked
package io.millrace.it;

import org.jspecify.annotations.NullMarked;
