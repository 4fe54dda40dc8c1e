/**
 * Sources from end to end: the platform in this JVM, real PostgreSQL servers that come and go, everything through the REST
 * API. What is asserted about slots and publications is asked of the database itself.
 */
@NullMarked
package io.millrace.it.source;

import org.jspecify.annotations.NullMarked;
