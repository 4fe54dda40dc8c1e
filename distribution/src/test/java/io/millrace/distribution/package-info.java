/** What the assembled folders must hold: looked at as a worker sees them, after everything was packaged. */
@NullMarked
package io.millrace.distribution;

import org.jspecify.annotations.NullMarked;
