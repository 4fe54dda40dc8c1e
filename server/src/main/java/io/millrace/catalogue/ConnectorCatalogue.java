package io.millrace.catalogue;

import io.millrace.contract.Contract;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Connectors of one kind, read when they are first asked for. Thread-safe. */
public final class ConnectorCatalogue {
    /** In the order of the contract, as are all codes here. */
    private static final List<String> SOURCES = List.of(
            "alloydb",
            "db2",
            "documentdb",
            "dynamodb",
            "elasticsearch",
            "informix",
            "kafkadirect",
            "mariadb",
            "mongodb",
            "mongodbhosted",
            "mysql",
            "oracle",
            "oracleaws",
            "planetscale",
            "postgresql",
            "redis",
            "s3",
            "salesforce_webhook",
            "shopify_webhook",
            "sqlserveraws",
            "stripe_webhook",
            "supabase",
            "vitess",
            "webhook",
            "zendesk_webhook",
            "facebook_ads",
            "google_ads",
            "google_analytics",
            "hubspot",
            "netsuite",
            "salesforce",
            "stripe",
            "zendesk");

    private static final List<String> DESTINATIONS = List.of(
            "azblob",
            "bigquery",
            "clickhouse",
            "cockroachdb",
            "databricks",
            "db2",
            "duckdb",
            "gcs",
            "httpsink",
            "iceberg",
            "kafka",
            "kafkadirect",
            "motherduck",
            "mysql",
            "oracle",
            "pinecone",
            "postgresql",
            "r2",
            "redis",
            "redshift",
            "s3",
            "snowflake",
            "sqlserver",
            "starburst",
            "weaviate");

    private final String kind;
    private final List<String> codes;
    private final Map<String, ConnectorDefinition> read = new ConcurrentHashMap<>();

    private ConnectorCatalogue(String kind, List<String> codes) {
        this.kind = kind;
        this.codes = codes;
    }

    /** Returns the catalogue of sources. */
    public static ConnectorCatalogue sources() {
        return new ConnectorCatalogue("source", SOURCES);
    }

    /** Returns the catalogue of destinations. */
    public static ConnectorCatalogue destinations() {
        return new ConnectorCatalogue("destination", DESTINATIONS);
    }

    /** Returns the codes of all connectors. */
    public List<String> codes() {
        return codes;
    }

    /** Returns the connector of a code. */
    public Optional<ConnectorDefinition> find(String code) {
        return codes.contains(code)
                ? Optional.of(read.computeIfAbsent(
                        code,
                        name -> ConnectorDefinition.of(
                                Contract.connector(kind, name).orElseThrow())))
                : Optional.empty();
    }

    /** Returns the connector of a code, if there is one; all connectors where no code is given. */
    public List<ConnectorDefinition> list(Optional<String> code) {
        return code.filter(given -> !given.isEmpty())
                .map(given -> find(given).stream().toList())
                .orElseGet(this::all);
    }

    /** Returns all connectors. */
    public List<ConnectorDefinition> all() {
        return codes.stream().map(code -> find(code).orElseThrow()).toList();
    }
}
