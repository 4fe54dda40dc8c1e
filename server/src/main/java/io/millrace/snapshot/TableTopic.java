package io.millrace.snapshot;

import io.millrace.control.TableName;

/**
 * A captured table and the topic that its rows go to.
 *
 * @param id Kafka name
 * @param name the same without the prefix that names the source; what calls take and show
 */
public record TableTopic(String id, String name, TableName table) {}
