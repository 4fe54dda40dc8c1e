package io.millrace.objectstore;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Where whole objects are put, whoever runs it. Thread-safe. */
public interface ObjectStore {
    /**
     * Puts an object, in place of one of that name. Readers see the whole of it or nothing of it.
     *
     * @param origin where the content came from, in ASCII; it is kept beside it, see {@link #origin}
     * @throws StoreException when it is not there, or may not be, with the reason in words; then it may be put again
     * @throws IOException when the content cannot be read
     */
    void put(String name, ObjectContent content, String origin) throws IOException;

    /**
     * Returns where the content of an object came from, {@code ""} where nothing is known of that; nothing when there is no
     * object of that name, or it may not be looked at.
     *
     * @throws StoreException when the store does not answer
     */
    Optional<String> origin(String name) throws StoreException;

    /**
     * Finds out whether an object could be put, and leaves none behind.
     *
     * @param prefix of the names that will be written; rights may depend on it
     * @param within for each request
     * @throws StoreException with the reason in words
     */
    void tryWriting(String prefix, Duration within) throws StoreException;
}
