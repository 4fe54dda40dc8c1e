/**
 * The tour: a shop in a PostgreSQL of its own, captured by a platform in this process, and everything that is shown
 * done by the REST API as a customer would do it.
 *
 * <p>{@link io.millrace.demo.Tour} is the script of the play; {@link io.millrace.demo.Api} the only way in. Each step
 * prints the {@code curl} line that does the same, and fails the run when the answer is not what the contract promises,
 * so that {@code ./millrace demo --exit} is a test as well.
 */
@NullMarked
package io.millrace.demo;

import org.jspecify.annotations.NullMarked;
