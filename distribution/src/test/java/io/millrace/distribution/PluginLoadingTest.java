package io.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.connector.Connector;
import org.apache.kafka.connect.runtime.isolation.LoaderSwap;
import org.apache.kafka.connect.runtime.isolation.PluginClassLoader;
import org.apache.kafka.connect.runtime.isolation.PluginDesc;
import org.apache.kafka.connect.runtime.isolation.Plugins;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.storage.Converter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

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

    @Test
    void postgresqlSourceIsFoundInItsOwnFolderAndSpeaksForDebezium() throws ReflectiveOperationException {
        String name = "io.millrace.connect.snapshot.postgresql.PostgresSourceConnector";

        assertThat(plugins.sourceConnectors())
                .filteredOn(found -> found.className().equals(name))
                .singleElement()
                .satisfies(found -> assertThat(found.location()).contains("/plugins/postgresql"));
        Connector connector = plugins.newConnector(name);
        try (LoaderSwap inPlugin = plugins.withClassLoader(connector.getClass().getClassLoader())) {
            assertThat(connector.config().names()).contains("database.hostname", "slot.name");
            assertThat(connector.taskClass().getClassLoader())
                    .isSameAs(connector.getClass().getClassLoader());
        }
    }

    @Test
    void debeziumOfTheFolderIsTheLockedOne() throws ReflectiveOperationException {
        Connector connector = plugins.newConnector("io.debezium.connector.postgresql.PostgresConnector");

        assertThat(connector.version()).isEqualTo("3.7.0.Final");
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
                        "io.millrace.connect.transforms.InsertIntoKey",
                        "io.millrace.connect.transforms.InsertIntoRow",
                        "io.millrace.connect.transforms.LimitFieldSize");
        assertThat(plugins.predicates())
                .filteredOn(found -> found.location().contains("/plugins/transforms"))
                .extracting(PluginDesc::className)
                .containsExactly("io.millrace.connect.transforms.IsRowChange");
    }

    @Test
    void nothingOfDebeziumIsOnTheClassPathOfTheApplication() {
        Set<PluginDesc<SourceConnector>> found = plugins.sourceConnectors();

        assertThat(found)
                .filteredOn(connector -> connector.location().equals("classpath"))
                .noneMatch(connector -> connector.className().startsWith("io.debezium"));
    }
}
