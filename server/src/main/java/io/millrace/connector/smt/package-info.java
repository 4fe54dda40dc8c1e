/**
 * Chains of single message transformations that clients write themselves. They run behind those that the keys of the
 * connector ask for: at a source on the envelope of a change, at a destination on its row, once the table is named.
 */
@NullMarked
package io.millrace.connector.smt;

import org.jspecify.annotations.NullMarked;
