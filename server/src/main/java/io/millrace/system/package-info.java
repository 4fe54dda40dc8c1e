/**
 * What the server says about itself: alive, ready, figures, and which operations it serves.
 *
 * <p>{@code /health/ready} is the conjunction of named {@link io.millrace.system.HealthCheck}s and of the platform's own
 * readiness. {@code /metrics} is written by hand: few figures, no library. {@code /openapi.json} is the contract cut down
 * to the operations that are routed, so what is described and what is served cannot differ.
 */
@NullMarked
package io.millrace.system;

import org.jspecify.annotations.NullMarked;
