package io.millrace.database.postgresql;

import io.millrace.control.TableName;
import java.util.Set;

/**
 * A publication: which changes of which tables the log hands out.
 *
 * @param tables those whose changes come under their own name, however they were added
 * @param operations of {@code insert}, {@code update}, {@code delete}, {@code truncate}
 * @param viaRoot whether changes of partitions come under the name of the partitioned table
 * @param narrowed tables of which only some rows or some columns are published
 */
public record Publication(
        String name,
        boolean allTables,
        Set<TableName> tables,
        Set<String> operations,
        boolean viaRoot,
        Set<TableName> narrowed) {
    public Publication {
        tables = Set.copyOf(tables);
        operations = Set.copyOf(operations);
        narrowed = Set.copyOf(narrowed);
    }
}
