package io.millrace.engine;

import java.util.Optional;

/**
 * A setting of a topic.
 *
 * @param value empty where the broker does not tell it
 * @param defaultValue what it is for topics that do not have one of their own
 * @param isDefault whether the topic has none of its own
 * @param source where the value comes from, in Kafka's words, for example {@code DYNAMIC_TOPIC_CONFIG}
 */
public record TopicSetting(
        String name,
        Optional<String> value,
        Optional<String> defaultValue,
        boolean isDefault,
        boolean isReadOnly,
        String source) {}
