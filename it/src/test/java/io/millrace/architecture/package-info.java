/**
 * The rules of the architecture, checked against what was compiled.
 *
 * <p>They read the class folders of the modules and not the class path, because connectors must never be on one class
 * path with the server. A rule that needs an exception names it here, in the open.
 */
@NullMarked
package io.millrace.architecture;

import org.jspecify.annotations.NullMarked;
