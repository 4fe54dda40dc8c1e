/**
 * Tests of the embedded engine with a real broker, a real worker and a small source connector of their own, which the
 * worker finds in a plugin folder as it finds any other.
 */
@NullMarked
package io.millrace.engine.embedded;

import org.jspecify.annotations.NullMarked;
