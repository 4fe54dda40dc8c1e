/**
 * Snapshots of sources: asked for, watched, steered and stopped.
 *
 * <p>Nothing is commanded. The store holds what should run; {@link io.millrace.snapshot.Run} is that wish together with
 * what is known of its fulfilment, one active run for each source. A call changes the store ({@link
 * io.millrace.snapshot.RunCommands}) and then publishes the whole wish to a compacted topic ({@link
 * io.millrace.snapshot.DesiredSnapshots}); the source's task follows it and reports in the transactions of its rows, and
 * {@link io.millrace.snapshot.ProgressReader} brings the reports back into the store.
 *
 * <p>Take the stop of one of two tables. {@link io.millrace.snapshot.StopTable} decides it under the lock of the source: the
 * topic is {@code stopping}, the run goes on, revision 8 is written down. The topic gets revision 8. The task delivers no
 * further row of the table and commits {@code CANCELLED} behind the last one; that report makes the topic {@code
 * cancelled}, and the call, which has waited for it, answers.
 *
 * <p>Who may say <em>cancelled</em>? It means that no row follows, so:
 *
 * <ul>
 *   <li>the task, whose report stands behind all its rows;
 *   <li>the server, when no task can deliver a row ({@link io.millrace.snapshot.Confirmations}), since a task that starts
 *       or wakes up reads the published wish to its end first;
 *   <li>the server, for a run whose pause the task has confirmed: only a later revision could wake it, and every later one
 *       says stop.
 * </ul>
 *
 * <p>A run that is {@code pending} has no rows yet, but its wish is published, and the task may be reading its first chunk
 * this very moment. So it is not cancelled by the store alone: it takes the same way as a running one, without touching the
 * connector.
 *
 * <p>Beside the runs {@link io.millrace.snapshot.RowCounts} replaces estimates by counts, and {@link
 * io.millrace.snapshot.CompletenessChecks} holds topics that are complete against their tables. A run outside of its windows
 * is held by the task, not by a wish: the store knows it as running, and it is shown as paused ({@code Run.shownAt}).
 *
 * <p>The states of runs and topics are {@link io.millrace.snapshot.RunState} and {@link io.millrace.snapshot.TopicState};
 * the calls are in the resources, one class for each use of them behind ({@link io.millrace.snapshot.ExecuteSnapshots},
 * {@link io.millrace.snapshot.ValidateSnapshots}, {@link io.millrace.snapshot.StopSnapshots}, {@link
 * io.millrace.snapshot.SteerSnapshots}, {@link io.millrace.snapshot.ContinueSnapshots}), put together by {@link io.millrace.snapshot.Snapshots}.
 */
@NullMarked
package io.millrace.snapshot;

import org.jspecify.annotations.NullMarked;
