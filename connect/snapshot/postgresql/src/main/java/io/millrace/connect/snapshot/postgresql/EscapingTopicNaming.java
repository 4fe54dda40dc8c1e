package io.millrace.connect.snapshot.postgresql;

import io.debezium.relational.TableId;
import io.debezium.schema.SchemaTopicNamingStrategy;
import io.debezium.spi.schema.DataCollectionId;
import io.millrace.control.TableName;
import io.millrace.control.TopicNames;
import java.util.Properties;

/** Names topics as {@link TopicNames} does, so that no two names that differ are made one. Found by its class name. */
public final class EscapingTopicNaming extends SchemaTopicNamingStrategy {
    public EscapingTopicNaming(Properties config) {
        super(config);
    }

    @Override
    public String dataChangeTopic(DataCollectionId id) {
        if (id instanceof TableId table) {
            return TopicNames.of(prefix, new TableName(table.schema(), table.table()));
        }
        return super.dataChangeTopic(id);
    }
}
