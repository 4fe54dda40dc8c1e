package io.millrace.connector;

/**
 * A connector as far as those need it who count or watch all of them: whose it is, and how it is.
 *
 * @param code type of the connector in the catalogue
 */
public record Standing(ConnectorId id, String tenantId, String serviceId, String name, String code, Health health) {}
