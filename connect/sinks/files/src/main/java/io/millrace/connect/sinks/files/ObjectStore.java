package io.millrace.connect.sinks.files;

import io.millrace.objectstore.S3Bucket;
import io.millrace.objectstore.S3Content;
import java.io.IOException;
import java.util.Optional;

/** Where files go. */
interface ObjectStore {
    /**
     * Puts a file, in place of one of that name. Readers see all of it or nothing of it.
     *
     * @param topic that its records were read from
     * @throws IOException when it is not there, or may not be; then it is put again
     */
    void put(String name, S3Content content, String topic) throws IOException;

    /** Returns the topic of the file of a name, {@code ""} where it is not known; nothing when there is none. */
    Optional<String> topic(String name) throws IOException;

    /** Returns the store that is a bucket. */
    static ObjectStore of(S3Bucket bucket) {
        return new ObjectStore() {
            @Override
            public void put(String name, S3Content content, String topic) throws IOException {
                bucket.put(name, content, topic);
            }

            @Override
            public Optional<String> topic(String name) throws IOException {
                return bucket.origin(name);
            }
        };
    }
}
