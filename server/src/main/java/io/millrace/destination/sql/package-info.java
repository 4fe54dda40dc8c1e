/**
 * Destinations that are tables of a SQL database. All are written by one sink, which is told the product; what differs here
 * is how a configuration names the database, and what is looked at before it is written to.
 */
@NullMarked
package io.millrace.destination.sql;

import org.jspecify.annotations.NullMarked;
