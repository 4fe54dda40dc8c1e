package io.millrace.connect.snapshot.binlog;

import io.debezium.relational.TableId;
import io.debezium.schema.DefaultTopicNamingStrategy;
import io.debezium.spi.schema.DataCollectionId;
import io.millrace.control.TableName;
import io.millrace.control.TopicNames;
import java.util.Properties;

/**
 * Names topics as {@link TopicNames} does, with the database in the place of a schema, so that no two names that differ
 * are made one. Found by its class name.
 */
public final class EscapingTopicNaming extends DefaultTopicNamingStrategy {
    public EscapingTopicNaming(Properties config) {
        super(config);
    }

    @Override
    public String dataChangeTopic(DataCollectionId id) {
        return id instanceof TableId table
                ? TopicNames.of(prefix, new TableName(table.catalog(), table.table()))
                : super.dataChangeTopic(id);
    }
}
