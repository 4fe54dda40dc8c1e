/** The whole of a service at a glance: how many of what, what flows, and what needs attention. */
@NullMarked
package io.millrace.dashboard;

import org.jspecify.annotations.NullMarked;
