package io.millrace.topic;

import io.millrace.http.ApiProblem;
import io.millrace.http.Caller;
import io.millrace.http.Page;
import io.millrace.http.PageRequest;
import io.millrace.http.shape.CsvOrList;
import io.millrace.source.SnapshotMarks;
import io.millrace.source.SourceId;
import io.millrace.store.Criteria;
import io.millrace.store.Store;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Lists topics: which ones, and in which order, is up to the store. */
final class TopicListing {
    private static final String PIPELINES = "pipelines";
    private static final String MADE = "created_at, owner_id, position";

    private final Store store;
    private final TopicRepository rows;
    private final SnapshotMarks snapshots;
    private final TopicForms forms;

    TopicListing(Store store, TopicRepository rows, SnapshotMarks snapshots, TopicForms forms) {
        this.store = store;
        this.rows = rows;
        this.snapshots = snapshots;
        this.forms = forms;
    }

    /** What was found, with all topics of the owners of each. */
    private record Found(List<TopicEntry> topics, Map<String, List<TopicEntry>> byOwner, long total) {}

    Page<TopicViews.Item> list(Caller caller, TopicRequests.Filter filter) {
        PageRequest page = filter.wanted();
        Criteria criteria = criteria(caller, filter);
        Found found = store.read(handle -> {
            List<TopicEntry> topics = rows.list(handle, criteria, order(page), page.offset(), page.pageSize());
            List<String> owners =
                    topics.stream().map(topic -> topic.owner().id()).distinct().toList();
            return new Found(topics, rows.byOwner(handle, caller, owners), rows.count(handle, criteria));
        });
        Map<SourceId, List<SnapshotMarks.Mark>> marks = snapshots.newest(found.topics().stream()
                .map(TopicEntry::owner)
                .filter(owner -> owner.kind() == TopicEntry.OwnerKind.SOURCES)
                .map(owner -> new SourceId(owner.id()))
                .distinct()
                .toList());
        return Page.of(page, found.topics(), found.total())
                .map(topic -> forms.item(
                        topic, found.byOwner().getOrDefault(topic.owner().id(), List.of(topic)), mark(topic, marks)));
    }

    private Criteria criteria(Caller caller, TopicRequests.Filter filter) {
        Criteria criteria = TopicRepository.of(caller)
                .equal("topic", filter.topicId())
                .part("lower(name)", filter.partialName())
                .in("owner_kind", kinds(filter));
        owners(criteria, filter);
        if (!filter.includeDlq()) {
            criteria.where("dead_letters = 0");
        }
        criteria.inRows("topic", "select s.topic from topic_snapshot s where s.state", values(filter.snapshot()));
        List<String> formats = values(filter.valueFormat());
        if (!formats.isEmpty()) {
            // Topics made by hand hold what clients write into them.
            boolean ours = formats.contains(forms.format());
            boolean any = formats.contains(TopicForms.UNKNOWN);
            criteria.where(ours ? any ? "1 = 1" : "owner_kind <> 'manual'" : any ? "owner_kind = 'manual'" : "1 = 0");
        }
        return criteria;
    }

    private static List<String> kinds(TopicRequests.Filter filter) {
        List<String> kinds = values(filter.entityType());
        if (kinds.contains(PIPELINES) && values(filter.entityId()).isEmpty()) {
            throw new ApiProblem.BadRequest(
                    "'entity_type' pipelines needs 'entity_id': topics of pipelines belong to sources and transforms");
        }
        return kinds.contains(PIPELINES) ? List.of() : kinds;
    }

    private static void owners(Criteria criteria, TopicRequests.Filter filter) {
        List<String> ids = values(filter.entityId());
        List<String> kinds = values(filter.entityType());
        if (kinds.contains(PIPELINES)) {
            criteria.inRows(
                    "topic", "select p.topic from pipeline_topic p where p.pipeline_id", values(filter.entityId()));
        } else {
            criteria.in("owner_id", ids);
        }
    }

    private static String order(PageRequest page) {
        String direction = " " + page.sortDir().name();
        return page.sort()
                .map(field -> switch (field) {
                    case "name" -> "name" + direction + ", " + MADE;
                    case "created_at" -> "created_at" + direction + ", owner_id, position";
                    default -> MADE;
                })
                .orElse(MADE);
    }

    private static Optional<SnapshotMarks.Mark> mark(TopicEntry topic, Map<SourceId, List<SnapshotMarks.Mark>> marks) {
        return topic.owner().kind() == TopicEntry.OwnerKind.SOURCES
                ? Stream.ofNullable(marks.get(new SourceId(topic.owner().id())))
                        .flatMap(List::stream)
                        .filter(mark -> mark.topicId().equals(topic.topicId()))
                        .findFirst()
                : Optional.empty();
    }

    private static List<String> values(Optional<CsvOrList> list) {
        return TopicRequests.Filter.values(list);
    }
}
