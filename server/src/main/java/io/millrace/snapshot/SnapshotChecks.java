package io.millrace.snapshot;

import io.millrace.control.MarkerKind;
import io.millrace.control.SnapshotKind;
import io.millrace.http.ApiProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Finds out whether a snapshot can be done as asked, and of what: everything that is wrong at once. */
final class SnapshotChecks {
    private final SourceDatabases databases;

    SnapshotChecks(SourceDatabases databases) {
        this.databases = databases;
    }

    /** Refuses a kind of run that the source cannot take, and a blocking one that would hold the stream while it may not read. */
    static void refuseKind(SnapshotSource source, SnapshotRequests.Execute request) {
        if (!source.kinds().contains(request.snapshotType())) {
            throw new ApiProblem.BadRequest(
                    "Source '" + source.name() + "' cannot take a blocking snapshot: its connector"
                            + " cannot hold the stream where a view lies; use snapshot_type 'incremental', with a surrogate_key for a table"
                            + " without a key");
        }
        if (request.snapshotType() == SnapshotKind.BLOCKING
                && request.extras().runWindows().filter(list -> !list.isEmpty()).isPresent()) {
            throw new ApiProblem.BadRequest("A blocking snapshot cannot be paused, so it has no run_windows; leave them"
                    + " out, or use snapshot_type 'incremental'");
        }
    }

    /** Checks names and filters against the source, and asks its database what must be known of each table that is left. */
    CheckedSnapshot check(SnapshotSource source, SnapshotRequests.Execute request) {
        return check(source, request, questions -> new Answers(Optional.empty(), databases.ask(source, questions)));
    }

    /** As {@link #check}, and has the database looked at closely. */
    CheckedSnapshot examine(SnapshotSource source, SnapshotRequests.Execute request) {
        return check(source, request, questions -> {
            Examination found = databases.examine(source, questions);
            return new Answers(Optional.of(found.marker()), found.tables());
        });
    }

    private record Answers(Optional<MarkerKind> marker, List<TableFacts> facts) {}

    private static CheckedSnapshot check(
            SnapshotSource source, SnapshotRequests.Execute request, Function<List<TableQuestion>, Answers> database) {
        SnapshotRequests.Selection wanted = request.selection();
        TopicChoice choice = TopicChoice.of(source.topics(), wanted.topicNames());
        List<Problem> problems = new ArrayList<>();
        boolean blocking = request.snapshotType() == SnapshotKind.BLOCKING;
        if (blocking) {
            problems.addAll(notWhileBlocking(wanted));
        }
        Map<TableTopic, String> filters = filters(source, choice, conditions(wanted), problems);
        List<TableTopic> order = order(choice, request.extras().priority().orElse(List.of()));
        unknown(source, choice, request)
                .forEach((field, names) -> problems.add(
                        0,
                        new Problem(
                                Problem.Code.UNKNOWN_TOPIC,
                                TopicChoice.refusal(source.id(), names),
                                Optional.of(field))));
        List<TableQuestion> questions = order.stream()
                .map(topic -> blocking
                        ? TableQuestion.blocking(topic)
                        : TableQuestion.incremental(
                                topic, wanted.surrogateKey(), Optional.ofNullable(filters.get(topic))))
                .toList();
        List<CheckedTopic> topics = new ArrayList<>();
        Optional<MarkerKind> marker = Optional.empty();
        try {
            Answers answers = database.apply(questions);
            marker = answers.marker();
            for (int i = 0; i < questions.size(); i++) {
                topics.add(
                        CheckedTopic.of(questions.get(i), answers.facts().get(i), new Keyless(blocking, choice.all())));
            }
        } catch (SourceUnreachableException e) {
            problems.add(
                    new Problem(Problem.Code.SOURCE_UNREACHABLE, String.valueOf(e.getMessage()), Optional.empty()));
        }
        if (problems.isEmpty() && topics.stream().allMatch(CheckedTopic::skipped)) {
            problems.add(new Problem(
                    Problem.Code.NO_KEY,
                    "Source '" + source.name() + "' has no table with a key; name a surrogate_key, or take a blocking"
                            + " snapshot",
                    Optional.of("topic_names")));
        }
        return new CheckedSnapshot(problems, topics, marker);
    }

    private static List<Problem> notWhileBlocking(SnapshotRequests.Selection wanted) {
        List<Problem> problems = new ArrayList<>();
        if (!conditions(wanted).isEmpty()) {
            problems.add(new Problem(
                    Problem.Code.FILTER_UNSUPPORTED,
                    "A blocking snapshot reads whole tables; leave additional_conditions out, or use snapshot_type"
                            + " 'incremental'",
                    Optional.of("additional_conditions")));
        }
        if (wanted.surrogateKey().isPresent()) {
            problems.add(new Problem(
                    Problem.Code.SURROGATE_KEY_UNUSABLE,
                    "A blocking snapshot needs no key; leave surrogate_key out, or use snapshot_type 'incremental'",
                    Optional.of("surrogate_key")));
        }
        return problems;
    }

    private static List<AdditionalCondition> conditions(SnapshotRequests.Selection wanted) {
        return wanted.additionalConditions().orElse(List.of());
    }

    /** Returns unknown names by the member of the body that has them. */
    private static Map<String, List<String>> unknown(
            SnapshotSource source, TopicChoice choice, SnapshotRequests.Execute request) {
        Set<String> known = TopicChoice.byName(source.topics()).keySet();
        Map<String, List<String>> unknown = new LinkedHashMap<>();
        unknown.put(
                "priority",
                request.extras().priority().orElse(List.of()).stream()
                        .filter(name -> !known.contains(name))
                        .distinct()
                        .toList());
        unknown.put(
                "additional_conditions",
                conditions(request.selection()).stream()
                        .map(AdditionalCondition::dataCollection)
                        .filter(name -> !known.contains(name))
                        .distinct()
                        .toList());
        unknown.put("topic_names", choice.unknown());
        unknown.values().removeIf(List::isEmpty);
        return unknown;
    }

    private static Map<TableTopic, String> filters(
            SnapshotSource source, TopicChoice choice, List<AdditionalCondition> conditions, List<Problem> problems) {
        Map<String, TableTopic> byName = TopicChoice.byName(source.topics());
        Map<TableTopic, String> filters = new LinkedHashMap<>();
        for (AdditionalCondition condition : conditions) {
            TableTopic topic = byName.get(condition.dataCollection());
            if (topic == null) {
                continue;
            }
            if (!choice.named().contains(topic)) {
                problems.add(wrongFilter("additional_conditions has a filter for '" + topic.name()
                        + "', which is not among the topics of this snapshot; name it in topic_names or leave the"
                        + " filter out"));
            } else if (filters.putIfAbsent(topic, condition.filter()) != null) {
                problems.add(wrongFilter("additional_conditions has two filters for '" + topic.name()
                        + "'; send one, with AND between the two"));
            }
        }
        return filters;
    }

    private static Problem wrongFilter(String message) {
        return new Problem(Problem.Code.FILTER_INVALID, message, Optional.of("additional_conditions"));
    }

    /** Prioritised topics first, as far as they are chosen; then the others as they were named. */
    private static List<TableTopic> order(TopicChoice choice, List<String> priority) {
        Map<String, TableTopic> byName = TopicChoice.byName(choice.named());
        Set<TableTopic> order = new LinkedHashSet<>();
        priority.forEach(name -> Optional.ofNullable(byName.get(name)).ifPresent(order::add));
        order.addAll(choice.named());
        return List.copyOf(order);
    }
}
