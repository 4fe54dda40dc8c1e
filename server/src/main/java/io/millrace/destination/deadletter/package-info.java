/**
 * Records that a destination could not take, and how they are given to it again.
 *
 * <p>A replay must not put an old state of a row over a newer one. So the destination first takes nothing, which fixes how
 * far it is in each topic; then dead letters that a later record of their key, taken since, has superseded are left out;
 * the others are written into a topic of its own, which it reads alone until it is through; then it goes on where it was.
 */
@NullMarked
package io.millrace.destination.deadletter;

import org.jspecify.annotations.NullMarked;
