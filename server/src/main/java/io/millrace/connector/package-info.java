/**
 * Connectors: what sources and destinations have in common.
 *
 * <p>Three things, kept apart. What a client asked for is in the store and is written first ({@link
 * io.millrace.connector.ConnectorService}). What runs is in Connect. {@link io.millrace.connector.Reconciler} makes the
 * second equal to the first, after every write, after every start and whenever they differ; so a process that is killed
 * half way leaves nothing half done, and a source whose database is down becomes Active when the database is back:
 *
 * <pre>
 * PUT /sources/x  ->  store: revision 7, applied 6   ->  200, state "Pending Update"
 * reconciler      ->  publication altered, topics made, connector configured  ->  applied 7, state "Active"
 * </pre>
 *
 * <p>A {@link io.millrace.connector.Kind} is a direction. What is particular to one is handed to {@link
 * io.millrace.connector.Connectors} as {@link io.millrace.connector.ConnectorRules rules}, {@link
 * io.millrace.connector.ConnectorTopics topics} and a {@link io.millrace.connector.Blueprint blueprint}; everything else,
 * from the echo of a configuration to bulk calls, is written once.
 *
 * <p>Every code of the catalogue can be saved. Where no installed plugin serves it, the blueprint has no properties for
 * it, and the connector is Broken with {@link io.millrace.connector.PluginMissingException the remedy} until one does.
 */
@NullMarked
package io.millrace.connector;

import org.jspecify.annotations.NullMarked;
