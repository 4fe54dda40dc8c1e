package io.millrace.snapshot;

import io.millrace.control.MarkerKind;
import java.util.List;

/**
 * What a database says when there is time to ask.
 *
 * @param marker how the end of a chunk would be recognised in the stream
 * @param tables in the order of the questions
 */
public record Examination(MarkerKind marker, List<TableFacts> tables) {
    public Examination {
        tables = List.copyOf(tables);
    }
}
