package io.millrace.connect.sinks.files;

import io.millrace.objectstore.S3Content;
import java.io.IOException;

/** Where files go. */
@FunctionalInterface
interface ObjectStore {
    /**
     * Puts a file, in place of one of that name. Readers see all of it or nothing of it.
     *
     * @throws IOException when it is not there, or may not be; then it is put again
     */
    void put(String name, S3Content content) throws IOException;
}
