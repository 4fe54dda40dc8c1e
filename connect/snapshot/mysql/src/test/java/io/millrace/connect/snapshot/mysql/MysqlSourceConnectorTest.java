package io.millrace.connect.snapshot.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.connector.binlog.BinlogConnectorConfig;
import io.debezium.connector.mysql.MySqlConnectorTask;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import io.debezium.relational.TableSchema;
import io.debezium.relational.Tables;
import io.debezium.relational.ddl.DdlParser;
import io.debezium.relational.mapping.ColumnMappers;
import io.debezium.spi.topic.TopicNamingStrategy;
import io.millrace.connect.snapshot.binlog.EscapingTopicNaming;
import io.millrace.connect.snapshot.binlog.PlacedStream;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;

/** What can be told without a server. */
class MysqlSourceConnectorTest {
    private static final TableId ORDERS = new TableId("shop", null, "orders");

    private final Map<String, String> config = MysqlSourceConnector.streamingConfig(new HashMap<>(Map.of(
            "topic.prefix", "source_a",
            "database.hostname", "127.0.0.1",
            "database.user", "u",
            "database.password", "p",
            "database.server.id", "1",
            "topic.naming.strategy", EscapingTopicNaming.class.getName())));
    private final MySqlDialect dialect = new MySqlDialect(config);

    @Test
    void addsWhatTheEngineNeedsOfTheStream() {
        assertThat(config)
                .containsEntry("connector.class", "io.debezium.connector.mysql.MySqlConnector")
                .containsEntry("connect.keep.alive", "false")
                .containsEntry("skipped.operations", "none");
        assertThat(new MysqlSourceConnector().config().names()).contains("database.hostname", "gtid.source.includes");
        assertThat(new MysqlSourceConnector().taskClass()).isEqualTo(MysqlSourceTask.class);
    }

    @Test
    void findsInDebeziumsTaskWhatItReachesFor() {
        assertThat(new PlacedStream(new MySqlConnectorTask()).version()).isEqualTo("3.5.0.Final");
    }

    @Test
    void namesTopicsByDatabaseAndTable() {
        assertThat(naming().dataChangeTopic(ORDERS)).isEqualTo("source_a.shop.orders");
    }

    @Test
    void makesSchemasOfWhatTheServerSaysOfATable() {
        DdlParser parser = dialect.parser();
        parser.setCurrentDatabase("shop");
        parser.setCurrentSchema("shop");
        Tables tables = new Tables();
        parser.parse(
                """
                CREATE TABLE `orders` (
                  `id` bigint unsigned NOT NULL AUTO_INCREMENT,
                  `facts` json DEFAULT NULL,
                  `state` enum('new','paid') COLLATE utf8mb4_unicode_ci NOT NULL DEFAULT 'new',
                  PRIMARY KEY (`id`)
                ) ENGINE=InnoDB AUTO_INCREMENT=4 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci
                """,
                tables);
        Table table = tables.forTable(ORDERS);
        BinlogConnectorConfig debezium = dialect.config();

        TableSchema schema = dialect.schemas()
                .create(
                        naming(),
                        table,
                        debezium.getColumnFilter(),
                        ColumnMappers.create(debezium),
                        debezium.getKeyMapper());

        assertThat(schema.keySchema().fields()).extracting(Field::name).containsExactly("id");
        assertThat(schema.valueSchema().field("facts").schema().name()).isEqualTo("io.debezium.data.Json");
        assertThat(schema.valueSchema().field("state").schema().defaultValue()).isEqualTo("new");
    }

    @Test
    void knowsATransactionByItsGtid() {
        Schema schema = dialect.config().getSourceInfoStructMaker().schema();
        Struct with = new Struct(schema).put("gtid", "3e11fa47-71ca-11e1-9e33-c80aa9429562:7");

        OptionalLong transaction = dialect.transaction(Map.of(), with);

        assertThat(transaction).hasValue(dialect.transaction(Map.of(), with).orElseThrow());
        assertThat(dialect.transaction(Map.of(), new Struct(schema))).isEmpty();
    }

    @SuppressWarnings("unchecked") // Debezium's configuration gives strategies of tables
    private TopicNamingStrategy<TableId> naming() {
        return dialect.config().getTopicNamingStrategy(BinlogConnectorConfig.TOPIC_NAMING_STRATEGY);
    }
}
