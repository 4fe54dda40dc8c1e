/**
 * What the contract says about connectors: which exist, which keys their configuration has, and the rules of each key.
 *
 * <p>The catalogue is data, one file a connector; nothing here knows a single connector. {@link
 * io.millrace.catalogue.ConfigRules} is the one mechanism that checks a configuration, and {@link
 * io.millrace.catalogue.CatalogueView} turns the data into the form in which clients read it. Given the key
 *
 * <pre>{@code
 * {"name": "ssh.port", "type": "int", "also_sent_as": ["string"], "default": 22,
 *  "conditions": [{"config": "ssh.enabled", "operator": "EQ", "value": true}]}
 * }</pre>
 *
 * both {@code 22} and {@code "22"} are accepted and kept as they came, and {@code true} is refused with {@code 'ssh.port'
 * must be an integer}, whether or not the condition holds. A key is <em>shown</em> when all its conditions hold; only
 * a key that is shown can be required by one. Null, {@code ""} and absence all mean that a key was not given.
 */
@NullMarked
package io.millrace.catalogue;

import org.jspecify.annotations.NullMarked;
