package io.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.connector.Connector;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.runtime.isolation.LoaderSwap;
import org.apache.kafka.connect.runtime.isolation.PluginClassLoader;
import org.apache.kafka.connect.runtime.isolation.PluginDesc;
import org.apache.kafka.connect.runtime.isolation.Plugins;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.storage.Converter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every folder through the loader of a worker: found as a service, isolated, and complete enough to be asked. */
class PluginLoadingTest {
    private static final PluginFolders FOLDERS = PluginFolders.built();
    private static final ClassLoader CALLER = Thread.currentThread().getContextClassLoader();
    private static Plugins plugins;

    @BeforeAll
    static void scan() {
        plugins = new Plugins(Map.of("plugin.path", FOLDERS.root().toString(), "plugin.discovery", "service_load"));
        plugins.compareAndSwapWithDelegatingLoader();
    }

    @AfterAll
    static void leave() {
        Plugins.compareAndSwapLoaders(CALLER);
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql, io.millrace.connect.snapshot.postgresql.PostgresSourceConnector, slot.name",
        "mariadb, io.millrace.connect.snapshot.mariadb.MariadbSourceConnector, database.server.id",
        "mysql, io.millrace.connect.snapshot.mysql.MysqlSourceConnector, database.server.id"
    })
    void sourceIsFoundInItsOwnFolderAndSpeaksForDebezium(String folder, String name, String setting)
            throws ReflectiveOperationException {
        assertThat(plugins.sourceConnectors())
                .filteredOn(found -> found.className().equals(name))
                .singleElement()
                .satisfies(found -> assertThat(found.location()).endsWith("/plugins/" + folder + "/"));
        Connector connector = plugins.newConnector(name);
        try (LoaderSwap inPlugin = plugins.withClassLoader(connector.getClass().getClassLoader())) {
            assertThat(connector.config().names()).contains("database.hostname", setting);
            assertThat(connector.taskClass().getDeclaredConstructor().newInstance())
                    .isInstanceOf(Task.class);
            assertThat(connector.taskClass().getClassLoader())
                    .isSameAs(connector.getClass().getClassLoader());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql.PostgresConnector, 3.7.0.Final",
        "mariadb.MariaDbConnector, 3.5.0.Final",
        "mysql.MySqlConnector, 3.5.0.Final"
    })
    void debeziumOfTheFolderIsTheLockedOne(String name, String version) throws ReflectiveOperationException {
        Connector connector = plugins.newConnector("io.debezium.connector." + name);

        assertThat(connector.version()).isEqualTo(version);
    }

    @Test
    void converterIsFoundInItsOwnFolder() {
        assertThat(plugins.converters())
                .filteredOn(found -> found.className().equals("io.millrace.connect.converters.MillraceConverter"))
                .filteredOn(found -> found.location().contains("/plugins/converters"))
                .singleElement()
                .satisfies(found -> {
                    Converter converter =
                            found.pluginClass().getDeclaredConstructor().newInstance();
                    assertThat(converter.getClass().getClassLoader()).isInstanceOf(PluginClassLoader.class);
                });
    }

    @Test
    void transformationsAndTheirPredicateAreFoundInTheirOwnFolder() {
        assertThat(plugins.transformations())
                .filteredOn(found -> found.location().contains("/plugins/transforms"))
                .extracting(PluginDesc::className)
                .containsExactlyInAnyOrder(
                        "io.millrace.connect.transforms.ColumnsToKey",
                        "io.millrace.connect.transforms.Flatten",
                        "io.millrace.connect.transforms.InsertIntoKey",
                        "io.millrace.connect.transforms.InsertIntoRow",
                        "io.millrace.connect.transforms.LimitFieldSize",
                        "io.millrace.connect.transforms.OriginalTopic",
                        "io.millrace.connect.transforms.flat.AddStringSuffix",
                        "io.millrace.connect.transforms.flat.ChangeTopicName",
                        "io.millrace.connect.transforms.flat.ConvertFields",
                        "io.millrace.connect.transforms.flat.CopyField",
                        "io.millrace.connect.transforms.flat.DropFields",
                        "io.millrace.connect.transforms.flat.HeaderToField",
                        "io.millrace.connect.transforms.flat.InsertField",
                        "io.millrace.connect.transforms.flat.MarkColumnsAsOptional",
                        "io.millrace.connect.transforms.flat.MarkColumnsAsRequired",
                        "io.millrace.connect.transforms.flat.RenameFields",
                        "io.millrace.connect.transforms.flat.StringReplace");
        assertThat(plugins.predicates())
                .filteredOn(found -> found.location().contains("/plugins/transforms"))
                .extracting(PluginDesc::className)
                .containsExactly("io.millrace.connect.transforms.IsRowChange");
    }

    @ParameterizedTest
    @CsvSource({
        "httpsink, io.millrace.connect.sinks.httpsink.HttpSinkConnector, http.url",
        "redis, io.millrace.connect.sinks.redis.RedisSinkConnector, redis.keyspace",
        "kafka, io.millrace.connect.sinks.kafka.KafkaSinkConnector, kafka.sink.bootstrap",
        "clickhouse, io.millrace.connect.sinks.clickhouse.ClickHouseSinkConnector, hostname",
        "iceberg, io.millrace.connect.sinks.iceberg.IcebergSinkConnector, iceberg.namespace"
    })
    void sinkIsFoundInItsOwnFolder(String folder, String name, String setting) throws ReflectiveOperationException {
        assertThat(plugins.sinkConnectors())
                .filteredOn(found -> found.className().equals(name))
                .singleElement()
                .satisfies(found -> assertThat(found.location()).endsWith("/plugins/" + folder + "/"));
        Connector connector = plugins.newConnector(name);
        assertThat(connector.config().names()).contains(setting);
        assertThat(connector.taskClass().getDeclaredConstructor().newInstance()).isInstanceOf(Task.class);
    }

    @Test
    void nothingOfDebeziumIsOnTheClassPathOfTheApplication() {
        Set<PluginDesc<SourceConnector>> found = plugins.sourceConnectors();

        assertThat(found)
                .filteredOn(connector -> connector.location().equals("classpath"))
                .noneMatch(connector -> connector.className().startsWith("io.debezium"));
    }
}
