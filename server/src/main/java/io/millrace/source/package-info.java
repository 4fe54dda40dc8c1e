/**
 * Sources: databases whose changes are captured into topics.
 *
 * <p>Three things, kept apart. What a client asked for is in the store and is written first ({@link
 * io.millrace.source.SourceService}). What runs is in Connect. {@link io.millrace.source.Reconciler} makes the second equal to
 * the first, after every write, after every start and whenever they differ; so a process that is killed half way leaves
 * nothing half done, and a source whose database is down becomes Active when the database is back:
 *
 * <pre>
 * PUT /sources/x  ->  store: revision 7, applied 6   ->  200, state "Pending Update"
 * reconciler      ->  publication altered, topics made, connector configured  ->  applied 7, state "Active"
 * </pre>
 *
 * <p>Slot and publication are made when they are missing. That one will be made is recorded before it is made, and only
 * what is recorded so is ever altered or dropped; what was there is used as it is. When a source goes, its connector goes
 * first, then what was made in its database. If that cannot be reached the rest stays listed as a {@link
 * io.millrace.source.Remnant}, because a slot that nobody reads retains log, and is tried again.
 *
 * <p>A {@link io.millrace.source.CaptureType} turns the configuration of a client into the configuration of a connector;
 * {@code io.millrace.source.postgresql} and {@code io.millrace.source.binlog} have them.
 */
@NullMarked
package io.millrace.source;

import org.jspecify.annotations.NullMarked;
