package io.millrace.connect.sinks.iceberg;

import io.millrace.connect.sinks.iceberg.store.WarehouseFiles;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SessionCatalog.SessionContext;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.rest.HTTPClient;
import org.apache.iceberg.rest.RESTSessionCatalog;
import org.apache.iceberg.rest.RESTUtil;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A catalogue and the tables of one namespace in it. Files are always reached by our own access to warehouses. */
final class OpenCatalog implements IcebergDestination.Tables {
    private static final Logger LOG = LoggerFactory.getLogger(OpenCatalog.class);

    private final IcebergSettings settings;
    private final Catalog catalog;
    private final Closeable closing;

    private OpenCatalog(IcebergSettings settings, Catalog catalog, Closeable closing) {
        this.settings = settings;
        this.catalog = catalog;
        this.closing = closing;
    }

    /**
     * Opens a catalogue, and makes the namespace in it if it is not there.
     *
     * @throws ConnectException when the class of the catalogue is not in the folder of the plugin
     */
    static OpenCatalog open(IcebergSettings settings) {
        OpenCatalog open =
                switch (settings.catalog()) {
                    case "rest" -> rest(settings);
                    case "jdbc" -> jdbc(settings);
                    default -> ofLibrary(settings);
                };
        try {
            open.makeNamespace();
            return open;
        } catch (RuntimeException e) {
            open.close();
            throw e;
        }
    }

    private static OpenCatalog rest(IcebergSettings settings) {
        RESTSessionCatalog catalog = new RESTSessionCatalog(
                config -> HTTPClient.builder(config)
                        .uri(config.get(CatalogProperties.URI))
                        .withHeaders(RESTUtil.configHeaders(config))
                        .build(),
                (context, properties) -> new WarehouseFiles(properties));
        catalog.initialize(settings.catalogName(), settings.properties());
        return new OpenCatalog(settings, catalog.asCatalog(SessionContext.createEmpty()), catalog);
    }

    private static OpenCatalog jdbc(IcebergSettings settings) {
        String uri = settings.properties().getOrDefault(CatalogProperties.URI, "");
        String driver = uri.startsWith("jdbc:sqlite:") ? "org.sqlite.JDBC" : "org.postgresql.Driver";
        try {
            // Drivers make themselves known; none looks into the folder of a plugin for them.
            Class.forName(driver);
        } catch (ClassNotFoundException e) {
            throw new ConnectException(
                    "The driver of the catalogue's database, " + driver + ", is not in plugins/iceberg", e);
        }
        JdbcCatalog catalog = new JdbcCatalog(WarehouseFiles::new, null, true);
        catalog.initialize(settings.catalogName(), settings.properties());
        return new OpenCatalog(settings, catalog, catalog);
    }

    /** Catalogues whose classes the user puts into the folder of the plugin. */
    private static OpenCatalog ofLibrary(IcebergSettings settings) {
        Map<String, String> properties = new HashMap<>(settings.properties());
        properties.put(CatalogProperties.FILE_IO_IMPL, WarehouseFiles.class.getName());
        try {
            Class.forName(settings.catalog());
            Catalog catalog = CatalogUtil.loadCatalog(settings.catalog(), settings.catalogName(), properties, null);
            return new OpenCatalog(settings, catalog, () -> {
                if (catalog instanceof Closeable closeable) {
                    closeable.close();
                }
            });
        } catch (ClassNotFoundException | LinkageError e) {
            throw new ConnectException(
                    "The catalogue " + settings.catalog() + " is not in plugins/iceberg, or a class that it needs is"
                            + " not (" + e.getMessage() + "). Put the jars of " + library(settings.catalog())
                            + " into plugins/iceberg and start the platform anew, or use a REST catalogue",
                    e);
        }
    }

    private static String library(String catalog) {
        return catalog.contains(".aws.")
                ? "iceberg-aws and of Amazon's SDK 2 (glue, sts, s3, url-connection-client)"
                : "iceberg-hive-metastore, of Hive's metastore client and of Hadoop's client";
    }

    private void makeNamespace() {
        if (catalog instanceof SupportsNamespaces namespaces) {
            String[] levels = settings.levels().levels();
            for (int depth = 1; depth <= levels.length; depth++) {
                Namespace namespace = Namespace.of(Arrays.copyOf(levels, depth));
                if (!namespaces.namespaceExists(namespace)) {
                    try {
                        namespaces.createNamespace(namespace);
                    } catch (AlreadyExistsException e) {
                        LOG.debug("{} was made by someone else", namespace);
                    }
                }
            }
        }
    }

    @Override
    public TableWriter writer(String table) {
        return new TableWriter(settings, catalog, table);
    }

    @Override
    public void close() {
        try {
            closing.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
