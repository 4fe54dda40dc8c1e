package io.millrace.connect.snapshot.postgresql;

import io.debezium.relational.TableId;
import io.debezium.schema.SchemaTopicNamingStrategy;
import io.debezium.spi.schema.DataCollectionId;
import io.millrace.control.TableName;
import io.millrace.control.TopicNames;
import java.util.Properties;

/**
 * Names topics as {@link TopicNames} does, so that no two names that differ are made one. {@link #TABLE_PREFIX} stands
 * before the name of each table. Found by its class name.
 */
public final class EscapingTopicNaming extends SchemaTopicNamingStrategy {
    static final String TABLE_PREFIX = "millrace.topic.table.prefix";

    private final String tablePrefix;

    public EscapingTopicNaming(Properties config) {
        super(config);
        this.tablePrefix = config.getProperty(TABLE_PREFIX, "");
    }

    @Override
    public String dataChangeTopic(DataCollectionId id) {
        if (id instanceof TableId table) {
            return TopicNames.of(prefix, new TableName(table.schema(), tablePrefix + table.table()));
        }
        return super.dataChangeTopic(id);
    }
}
