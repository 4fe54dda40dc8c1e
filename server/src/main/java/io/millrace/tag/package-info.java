/**
 * Tags: labels that sources, destinations and pipelines carry by id.
 *
 * <p>Two are built in, Development and Production; clients have their ids written into them. A tag of one's own says on
 * which kinds of records it is meant to be put, and cannot go while a record has it. Records keep the ids that they were
 * given and do not ask here, so a tag changes its name without touching them.
 */
@NullMarked
package io.millrace.tag;

import org.jspecify.annotations.NullMarked;
