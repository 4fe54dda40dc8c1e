package io.millrace.connect.sinks.files.format;

import java.io.OutputStream;

/**
 * Where a file goes.
 *
 * @param out takes the bytes; closed by who made it
 * @param head whether a table of text begins with the names of its columns
 * @param memory how many bytes a format may hold before they go out, about
 */
public record Target(OutputStream out, Compression compression, boolean head, long memory) {}
