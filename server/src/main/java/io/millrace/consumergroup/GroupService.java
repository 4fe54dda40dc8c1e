package io.millrace.consumergroup;

import io.millrace.connector.ConnectorId;
import io.millrace.consumergroup.GroupBoard.Look;
import io.millrace.consumergroup.GroupBoard.Seen;
import io.millrace.destination.SinkGroup;
import io.millrace.engine.ConsumerGroups.OffsetSpan;
import io.millrace.engine.PartitionId;
import io.millrace.http.ApiProblem;
import io.millrace.http.Caller;
import io.millrace.http.Page;
import io.millrace.http.SortDirection;
import io.millrace.http.shape.CsvOrList;
import io.millrace.http.shape.WireNames;
import io.millrace.topic.TopicViews;
import io.millrace.topic.VisibleTopics;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Lists groups, and shows single ones, as far as a service may see them. */
final class GroupService {
    private final GroupBoard board;
    private final VisibleTopics topics;

    GroupService(GroupBoard board, VisibleTopics topics) {
        this.board = board;
        this.topics = topics;
    }

    /**
     * What a service sees of a group.
     *
     * @param topics those of the service that it reads
     * @param owner the destination whose group it is
     */
    record Visible(Seen seen, TreeSet<String> topics, Optional<TopicViews.Entity> owner) {
        String id() {
            return seen.group().id();
        }

        /** Returns the sum over all partitions that the group committed an offset of; nothing when there is none. */
        Optional<Long> lag(Map<PartitionId, OffsetSpan> spans) {
            OptionalLong sum = seen.committed().entrySet().stream()
                    .filter(offset -> topics.contains(offset.getKey().topic()))
                    .flatMapToLong(offset -> Optional.ofNullable(spans.get(offset.getKey())).stream()
                            .flatMapToLong(span -> LongStream.of(span.behind(offset.getValue()))))
                    .reduce(Long::sum);
            return sum.isPresent() ? Optional.of(sum.getAsLong()) : Optional.empty();
        }
    }

    Page<GroupViews.Item> list(Caller caller, GroupRequests.Filter filter) {
        Look look = board.all();
        List<GroupViews.Item> wanted = visible(caller, look)
                .map(group -> GroupForms.item(group, look.spans()))
                .filter(group -> isWanted(group, filter))
                .sorted(order(filter))
                .toList();
        return Page.cut(filter.page(), wanted);
    }

    GroupViews.Detail get(Caller caller, String id) {
        Look look = board.now(List.of(id));
        return GroupForms.detail(find(caller, look, id), look.spans());
    }

    /** Returns what the caller sees of a group in a look; refuses one that he must not know of. */
    Visible find(Caller caller, Look look, String id) {
        return visible(caller, look)
                .filter(group -> group.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ApiProblem.NotFound("Consumer group not found: " + id));
    }

    private Stream<Visible> visible(Caller caller, Look look) {
        Set<String> names = topics.names(caller);
        Map<ConnectorId, TopicViews.Entity> destinations = topics.destinations(caller);
        return look.groups().stream().flatMap(seen -> {
            TreeSet<String> own = new TreeSet<>(seen.topics());
            own.retainAll(names);
            Optional<ConnectorId> sink = SinkGroup.owner(seen.group().id());
            Optional<TopicViews.Entity> owner = sink.flatMap(id -> Optional.ofNullable(destinations.get(id)));
            boolean isVisible = sink.isPresent() ? owner.isPresent() : !own.isEmpty();
            return isVisible ? Stream.of(new Visible(seen, own, owner)) : Stream.empty();
        });
    }

    private static boolean isWanted(GroupViews.Item group, GroupRequests.Filter filter) {
        List<String> states = filter.state().map(CsvOrList::values).orElse(List.of());
        return contains(group.groupId(), filter.partialName())
                && (states.isEmpty() || states.contains(WireNames.of(group.state())))
                && filter.topicId()
                        .filter(id -> !id.isEmpty())
                        .map(group.topics()::contains)
                        .orElse(true)
                && filter.entityId()
                        .filter(id -> !id.isEmpty())
                        .map(id -> group.entity()
                                .filter(owner -> owner.entityId().equals(id))
                                .isPresent())
                        .orElse(true);
    }

    private static boolean contains(String id, Optional<String> part) {
        return part.map(text -> id.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT)))
                .orElse(true);
    }

    /** Groups have no time of creation; without another order they are in that of their ids. */
    private static Comparator<GroupViews.Item> order(GroupRequests.Filter filter) {
        Comparator<GroupViews.Item> ids = Comparator.comparing(GroupViews.Item::groupId);
        Comparator<GroupViews.Item> order = filter.page()
                .sort()
                .map(field -> switch (field) {
                    case "state" -> Comparator.comparing(GroupViews.Item::state).thenComparing(ids);
                    case "members_count" ->
                        Comparator.comparing(GroupViews.Item::membersCount).thenComparing(ids);
                    case "lag" ->
                        Comparator.comparing(
                                        (GroupViews.Item group) -> group.lag().orElse(-1L))
                                .thenComparing(ids);
                    default -> ids;
                })
                .orElse(ids);
        return filter.page().sortDir() == SortDirection.DESC ? order.reversed() : order;
    }
}
