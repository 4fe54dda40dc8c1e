package io.millrace.metric;

import io.millrace.http.ApiProblem;
import io.millrace.http.Caller;
import io.millrace.http.SortDirection;
import io.millrace.metric.MetricRequests.Level;
import io.millrace.metric.MetricRequests.Many;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Figures of many entities of one kind at once. */
final class TableService {
    private final Figures figures;
    private final Kind kind;

    TableService(Figures figures, Kind kind) {
        this.figures = figures;
        this.kind = kind;
    }

    /**
     * What is particular to a kind of entities.
     *
     * @param ids finds the ids of all entities of a caller's, the oldest first
     * @param topics finds the topics of entities, by id
     * @param tasks finds the states of the tasks of entities, by id
     * @param topic figures of a topic of an entity are kept by this
     */
    record Kind(
            List<Reported> figures,
            List<String> inline,
            Function<String, Entity> entity,
            Function<Caller, List<String>> ids,
            Function<Collection<String>, Map<String, List<String>>> topics,
            Function<Collection<String>, Map<String, Map<String, Map<String, Object>>>> tasks,
            Topics topic) {}

    /** How a topic of an entity is kept. */
    interface Topics {
        Entity of(String id, String topic);
    }

    /** Returns the figures that are asked for, of those that the caller has. */
    TableMetrics read(Caller caller, Many asked) {
        List<String> ids = asked.concerns(caller.tenantId()) ? page(kind.ids().apply(caller), asked) : List.of();
        Map<String, Map<String, Object>> connectors = new LinkedHashMap<>();
        Map<String, Map<String, Object>> inline = new LinkedHashMap<>();
        if (asked.wants(Level.CONNECTOR)) {
            Map<Entity, Map<String, Object>> newest = read(ids, TimeQuery.LATEST);
            Map<Entity, Map<String, Object>> wanted =
                    asked.time().form() == TimeQuery.Form.LATEST ? newest : read(ids, asked.time());
            for (String id : sorted(ids, newest, asked)) {
                Entity entity = kind.entity().apply(id);
                connectors.put(id, wanted.get(entity));
                inline.put(id, few(newest.get(entity)));
            }
        }
        return new TableMetrics(
                account(caller, asked),
                connectors,
                inline,
                asked.wants(Level.TASK) ? kind.tasks().apply(ids) : Map.of(),
                asked.wants(Level.TOPIC) ? topics(ids, asked) : Map.of());
    }

    private Map<Entity, Map<String, Object>> read(List<String> ids, TimeQuery time) {
        return figures.of(ids.stream().map(kind.entity()).toList(), kind.figures(), time);
    }

    private Map<String, Object> account(Caller caller, Many asked) {
        Entity service = Entity.service(caller.serviceId());
        return asked.wants(Level.CONNECTOR)
                ? figures.of(List.of(service), Reported.OF_SERVICES, asked.time())
                        .get(service)
                : Map.of();
    }

    private Map<String, Object> few(Map<String, Object> all) {
        Map<String, Object> few = new LinkedHashMap<>();
        kind.inline().forEach(name -> few.put(name, all.get(name)));
        return few;
    }

    private Map<String, Map<String, Map<String, Object>>> topics(List<String> ids, Many asked) {
        Map<String, List<String>> topics = new HashMap<>();
        List<Entity> entities = new ArrayList<>();
        kind.topics().apply(ids).forEach((id, all) -> {
            int from = Math.min(all.size(), asked.topicListFrom());
            List<String> some = all.subList(from, (int) Math.min(all.size(), (long) from + asked.mostTopics()));
            topics.put(id, some);
            some.forEach(topic -> entities.add(kind.topic().of(id, topic)));
        });
        Map<Entity, Map<String, Object>> read = figures.of(entities, Reported.OF_TOPICS, asked.time());
        Map<String, Map<String, Map<String, Object>>> byId = new LinkedHashMap<>();
        for (String id : ids) {
            Map<String, Map<String, Object>> byTopic = new LinkedHashMap<>();
            topics.getOrDefault(id, List.of())
                    .forEach(topic -> byTopic.put(topic, read.get(kind.topic().of(id, topic))));
            byId.put(id, byTopic);
        }
        return byId;
    }

    private static List<String> page(List<String> all, Many asked) {
        Set<String> named = asked.named().map(HashSet::new).orElseGet(() -> new HashSet<>(all));
        List<String> wanted = all.stream().filter(named::contains).toList();
        int first = (int) Math.min(wanted.size(), (asked.page() - 1L) * asked.most());
        if (asked.from().isPresent()) {
            first = wanted.indexOf(asked.from().get()) + 1;
            if (first == 0) {
                throw new ApiProblem.Invalid(
                        "Validation error: 'from' is the id of none of the records that are asked for: "
                                + asked.from().get() + "; give the last id of the page before, or leave it out");
            }
        }
        return wanted.subList(first, Math.min(wanted.size(), first + asked.most()));
    }

    /** A figure that is not known comes last. */
    private List<String> sorted(List<String> ids, Map<Entity, Map<String, Object>> newest, Many asked) {
        Optional<String> figure = asked.sort().filter(name -> kind.figures().stream()
                .anyMatch(known -> known.name().equals(name)));
        if (figure.isEmpty()) {
            return ids;
        }
        Function<String, Object> value =
                id -> newest.get(kind.entity().apply(id)).getOrDefault(figure.get(), Optional.empty());
        Comparator<String> order = Comparator.comparing(id -> number(value.apply(id)));
        List<String> sorted = new ArrayList<>(ids);
        sorted.sort(asked.sortDir() == SortDirection.DESC ? order.reversed() : order);
        return sorted;
    }

    private static double number(Object value) {
        return value instanceof Optional<?> present && present.isPresent() && present.get() instanceof Number number
                ? number.doubleValue()
                : Double.NEGATIVE_INFINITY;
    }
}
