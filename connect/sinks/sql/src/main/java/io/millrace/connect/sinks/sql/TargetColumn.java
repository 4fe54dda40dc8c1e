package io.millrace.connect.sinks.sql;

import io.millrace.connect.sinks.row.ColumnType;
import java.util.Optional;

/**
 * A column of a table in the destination.
 *
 * @param declared the type as the product writes it
 * @param type what it means; nothing for a type of the product that no source has
 * @param required whether it has to have a value and no default gives it one
 */
public record TargetColumn(String name, String declared, Optional<ColumnType> type, boolean required) {}
