/**
 * What was used: records and bytes by source, destination, pipeline and day. Nothing is charged in an installation of one's own,
 * so an amount is never told.
 */
@NullMarked
package io.millrace.billing;

import org.jspecify.annotations.NullMarked;
