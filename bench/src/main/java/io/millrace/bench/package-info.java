/**
 * Measurements of the whole platform, as a user meets it: a process of its own with the options of {@code ./millrace},
 * asked over HTTP.
 *
 * <p>Every benchmark ends with a table that names the machine and sets each figure beside its goal, and the same as JSON. A
 * figure that misses its goal makes the run fail. {@link io.millrace.bench.Rehearsal} is no measurement: it runs the
 * platform once for the build, which records the classes that a start needs.
 */
@NullMarked
package io.millrace.bench;

import org.jspecify.annotations.NullMarked;
