/** That the comparison with the table can fail, and that figures are computed from what was measured. */
@NullMarked
package io.millrace.bench.snapshot;

import org.jspecify.annotations.NullMarked;
