package io.millrace.source.binlog;

import io.millrace.catalogue.ConfigValues;
import io.millrace.database.TlsMode;
import io.millrace.database.mariadb.Product;
import io.millrace.source.relational.KeyEffects;
import io.millrace.source.relational.KeyEffects.Effect;
import java.util.Map;

/** What differs between the products that have such a log. */
public enum Flavour {
    MARIADB("mariadb", Product.MARIADB, "io.millrace.connect.snapshot.mariadb.MariadbSourceConnector") {
        @Override
        KeyEffects keys() {
            return COMMON.and(Effect.PROPERTY, SSL_MODE);
        }

        @Override
        TlsMode tls(ConfigValues config) {
            return config.text(SSL_MODE).filter("disable"::equals).isPresent() ? TlsMode.DISABLE : TlsMode.REQUIRE;
        }

        @Override
        Map<String, String> connection(ConfigValues config) {
            String zone = config.text(TIME_ZONE).orElse(OF_THE_SERVER);
            return Map.of(
                    SSL_MODE,
                    config.text(SSL_MODE).orElse(""),
                    "driver.timezone",
                    zone.equals(OF_THE_SERVER) ? "auto" : zone);
        }
    },
    MYSQL("mysql", Product.MYSQL, "io.millrace.connect.snapshot.mysql.MysqlSourceConnector") {
        @Override
        KeyEffects keys() {
            return COMMON.andThoseOfListsAndConstants();
        }

        /** There is no key for it. */
        @Override
        TlsMode tls(ConfigValues config) {
            return TlsMode.PREFER;
        }

        @Override
        Map<String, String> connection(ConfigValues config) {
            return Map.of(
                    SSL_MODE, "preferred", TIME_ZONE, config.text(TIME_ZONE).orElse(OF_THE_SERVER));
        }
    };

    private static final String SSL_MODE = "database.ssl.mode";
    private static final String TIME_ZONE = "database.connectionTimeZone";
    private static final String OF_THE_SERVER = "SERVER";
    private static final KeyEffects COMMON = KeyEffects.common()
            .and(
                    Effect.PROPERTY,
                    BinlogCapture.DATABASES,
                    TIME_ZONE,
                    BinlogCapture.ONLY_CAPTURED_DATABASES,
                    BinlogCapture.ONLY_CAPTURED_TABLES)
            .and(Effect.SERVER, "snapshot.gtid");

    private final String code;
    private final Product product;
    private final String connectorClass;

    Flavour(String code, Product product, String connectorClass) {
        this.code = code;
        this.product = product;
        this.connectorClass = connectorClass;
    }

    /** Returns the connector code of the contract. */
    String code() {
        return code;
    }

    Product product() {
        return product;
    }

    String connectorClass() {
        return connectorClass;
    }

    /** Returns how many sessions read at a time; there is no key for it. */
    int readers() {
        return product == Product.MARIADB ? 2 : 1;
    }

    /** Returns whether the server says where in its log a snapshot lies. */
    boolean placesItsSnapshots() {
        return product == Product.MARIADB;
    }

    /** Returns what is done with each key. */
    abstract KeyEffects keys();

    abstract TlsMode tls(ConfigValues config);

    /** Returns the connector's properties of connections that go by other names. */
    abstract Map<String, String> connection(ConfigValues config);
}
