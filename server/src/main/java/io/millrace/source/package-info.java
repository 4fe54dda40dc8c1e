/**
 * Sources: databases whose changes are captured into topics.
 *
 * <p>What they share with destinations is in {@code io.millrace.connector}; here is what only sources have: tables and
 * their topics, and things in databases.
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
