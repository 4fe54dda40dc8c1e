/**
 * Destinations that are files in an object store. All are written by one sink; what differs is where the store is. Before a
 * sink is started, the server finds out by itself whether the bucket or container can be written, with the same few
 * signed requests that the sink uses.
 */
@NullMarked
package io.millrace.destination.files;

import org.jspecify.annotations.NullMarked;
