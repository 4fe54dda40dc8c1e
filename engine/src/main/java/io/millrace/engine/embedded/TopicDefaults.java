package io.millrace.engine.embedded;

import static io.millrace.engine.embedded.AdminAnswers.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/**
 * What settings are for topics that have none of their own. A broker tells it with a setting as one of its synonyms, but for
 * times that it has in hours: those are read from its own settings, when one is asked for. For one look.
 */
final class TopicDefaults {
    private static final Map<String, List<String>> IN_OTHER_UNITS = Map.of(
            "retention.ms", List.of("log.retention.ms", "log.retention.minutes", "log.retention.hours"),
            "segment.ms", List.of("log.roll.ms", "log.roll.hours"),
            "segment.jitter.ms", List.of("log.roll.jitter.ms", "log.roll.jitter.hours"));

    private final Admin admin;
    private Optional<Map<String, String>> broker = Optional.empty();

    TopicDefaults(Admin admin) {
        this.admin = admin;
    }

    Optional<String> of(ConfigEntry setting) {
        if (setting.source() != ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG) {
            return Optional.ofNullable(setting.value());
        }
        return setting.synonyms().stream()
                .filter(synonym -> synonym.source() != ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                .flatMap(synonym -> Stream.ofNullable(synonym.value()))
                .findFirst()
                .or(() -> IN_OTHER_UNITS.getOrDefault(setting.name(), List.of()).stream()
                        .flatMap(
                                name -> Stream.ofNullable(broker().get(name)).map(value -> inMilliseconds(name, value)))
                        .findFirst());
    }

    private Map<String, String> broker() {
        if (broker.isEmpty()) {
            String what = "the settings of the broker cannot be read";
            int node = await(what, admin.describeCluster().nodes())
                    .iterator()
                    .next()
                    .id();
            ConfigResource resource = new ConfigResource(ConfigResource.Type.BROKER, String.valueOf(node));
            Config config = await(
                    what, admin.describeConfigs(List.of(resource)).values().get(resource));
            Map<String, String> settings = new HashMap<>();
            config.entries().forEach(entry -> Optional.ofNullable(entry.value())
                    .ifPresent(value -> settings.put(entry.name(), value)));
            broker = Optional.of(settings);
        }
        return broker.orElseThrow();
    }

    private static String inMilliseconds(String name, String value) {
        return name.endsWith(".hours")
                ? String.valueOf(Duration.ofHours(Long.parseLong(value)).toMillis())
                : name.endsWith(".minutes")
                        ? String.valueOf(
                                Duration.ofMinutes(Long.parseLong(value)).toMillis())
                        : value;
    }
}
