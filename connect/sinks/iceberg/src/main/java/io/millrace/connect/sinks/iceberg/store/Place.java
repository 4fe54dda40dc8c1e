package io.millrace.connect.sinks.iceberg.store;

import java.util.Optional;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;

/** Where one file is, or will be. */
interface Place {
    /** @param length of the file, where it is known */
    InputFile asInput(Optional<Long> length);

    /** Returns the file to write; nobody sees it before it is whole. */
    OutputFile asOutput();

    /** Deletes the file, if it is there. */
    void delete();
}
