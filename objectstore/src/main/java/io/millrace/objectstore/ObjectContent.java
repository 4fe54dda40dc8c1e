package io.millrace.objectstore;

import java.io.IOException;
import java.io.InputStream;

/** What is put into an object; may be read several times. */
public interface ObjectContent {
    /** Returns how long it is, in bytes. */
    long length();

    /** Returns the content from its start. */
    InputStream open() throws IOException;
}
