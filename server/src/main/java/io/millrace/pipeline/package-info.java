/**
 * Pipelines: which topics of which source flow into which destination.
 *
 * <p>A pipeline is desired state and nothing else. A destination is one sink, and its topics are those of its pipelines
 * that are to run ({@link io.millrace.pipeline.PipelineLinks}); so a pipeline is made, paused or deleted by writing its row
 * and telling the destination, in the same transaction, that it has something to follow:
 *
 * <pre>
 * POST /pipelines  ->  store: pipeline 'orders', destination revision 4 -> 5   ->  200
 * reconciler       ->  sink reads source_x.public.orders too                   ->  destination applied 5
 * </pre>
 *
 * <p>How a pipeline is follows from what is wanted of it and from how its two ends are; nobody writes it down.
 */
@NullMarked
package io.millrace.pipeline;

import org.jspecify.annotations.NullMarked;
