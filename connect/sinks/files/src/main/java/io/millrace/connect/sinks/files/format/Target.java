package io.millrace.connect.sinks.files.format;

import java.io.OutputStream;

/**
 * Where a file goes.
 *
 * @param out takes the bytes; closed by who made it
 * @param memory how many bytes a format may hold before they go out, about
 */
public record Target(OutputStream out, Compression compression, long memory) {}
