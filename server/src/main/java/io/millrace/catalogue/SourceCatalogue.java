package io.millrace.catalogue;

import io.millrace.contract.Contract;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Connectors of kind source, read when they are first asked for. Thread-safe. */
public final class SourceCatalogue {
    /** In the order of the contract. */
    private static final List<String> CODES = List.of(
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

    private final Map<String, ConnectorDefinition> read = new ConcurrentHashMap<>();

    /** Returns the codes of all connectors. */
    public List<String> codes() {
        return CODES;
    }

    /** Returns the connector of a code. */
    public Optional<ConnectorDefinition> find(String code) {
        return CODES.contains(code)
                ? Optional.of(read.computeIfAbsent(
                        code,
                        name -> ConnectorDefinition.of(
                                Contract.connector("source", name).orElseThrow())))
                : Optional.empty();
    }

    /** Returns all connectors. */
    public List<ConnectorDefinition> all() {
        return CODES.stream().map(code -> find(code).orElseThrow()).toList();
    }
}
