package io.millrace.topic;

import io.millrace.http.shape.WireNames;
import java.util.Locale;
import java.util.Optional;

/**
 * A topic that clients see.
 *
 * @param id of the database, 24 hex digits
 * @param topicId name in Kafka
 * @param name what clients call it
 * @param deadLetters whether it holds what a destination could not take
 */
record TopicEntry(String id, String topicId, String name, Owner owner, boolean deadLetters) {
    /** Kinds of what writes topics. */
    enum OwnerKind {
        SOURCES,
        DESTINATIONS,
        TRANSFORMS,
        MANUAL;

        /** Returns the kind that clients, and the store, name so. */
        static OwnerKind of(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT));
        }

        /** Returns what clients, and the store, name it. */
        String wireName() {
            return WireNames.of(this);
        }
    }

    /** What writes a topic; one made by hand is its own. */
    record Owner(OwnerKind kind, String id, String name, Optional<String> connector) {
        /** Returns it in words. */
        String words() {
            return switch (kind) {
                case SOURCES -> "source '" + name + "'";
                case DESTINATIONS -> "destination '" + name + "'";
                case TRANSFORMS -> "transform '" + name + "'";
                case MANUAL -> "nobody but clients";
            };
        }
    }

    boolean isManual() {
        return owner.kind() == OwnerKind.MANUAL;
    }

    /** Returns what the name in Kafka begins with, before the first dot, for those that have such a beginning. */
    Optional<String> prefix() {
        int dot = topicId.indexOf('.');
        return isManual() || dot < 0 ? Optional.empty() : Optional.of(topicId.substring(0, dot));
    }
}
