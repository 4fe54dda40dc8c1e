/**
 * Snapshots of sources: asked for, watched, steered and stopped.
 *
 * <p>Nothing is commanded. The store holds what should run; {@link io.millrace.snapshot.Run} is that wish and what is
 * known of its fulfilment, one active run for each source.
 */
@NullMarked
package io.millrace.snapshot;

import org.jspecify.annotations.NullMarked;
