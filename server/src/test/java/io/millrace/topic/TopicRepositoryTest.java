package io.millrace.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connector.ConnectorId;
import io.millrace.connector.Kind;
import io.millrace.http.Caller;
import io.millrace.store.Criteria;
import io.millrace.store.OnEveryStore;
import io.millrace.store.Store;
import io.millrace.store.TestStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnEveryStore
class TopicRepositoryTest {
    private static final Instant NOW = Instant.parse("2026-01-15T10:30:00Z");
    private static final Caller CALLER = new Caller("tenant", "service", "c", Set.of(), false);
    private static final Caller OTHER = new Caller("tenant", "other", "c", Set.of(), false);
    private static final String SOURCE = "66b0f1c9a1b2c3d4e5f60001";
    private static final ConnectorId DESTINATION = new ConnectorId(Kind.DESTINATION, "66b0f1c9a1b2c3d4e5f60002");
    private static final String LETTERS = "destination_" + DESTINATION + ".streamkap.deadletterqueue";
    private static final String ORDERS = "source_" + SOURCE + ".public.orders";

    private final TestStore database;
    private final TopicRepository topics = new TopicRepository();
    private final BindingRepository bindings = new BindingRepository();

    @TempDir
    private Path folder;

    private Store store;

    TopicRepositoryTest(TestStore database) {
        this.database = database;
    }

    @BeforeEach
    void open() {
        store = database.open(folder);
        store.change(handle -> {
            handle.execute("insert into tenant (id, name, created_at) values ('tenant', 't', 0)");
            handle.execute("insert into service (id, tenant_id, name, created_at)"
                    + " values ('service', 'tenant', 's', 0), ('other', 'tenant', 'o', 0)");
            String columns =
                    "insert into connector (id, kind, tenant_id, service_id, name, name_lower, connector, config,"
                            + " secrets, desired, revision, applied, resets, resets_done, created_from, created_at, deleted)";
            handle.execute(
                    columns
                            + " values (?, 'source', 'tenant', 'service', 'Shop', 'shop', 'postgresql', '{}', '{}', 'Active',"
                            + " 1, 1, 0, 0, 'API', 1, 0)",
                    SOURCE);
            handle.execute(
                    columns + " values (?, 'destination', 'tenant', 'service', 'Copy', 'copy', 'kafka', '{}', '{}',"
                            + " 'Active', 1, 1, 0, 0, 'API', 2, 0)",
                    DESTINATION.value());
            handle.execute(
                    "insert into source_topic (id, source_id, topic, table_schema, table_name, position, captured)"
                            + " values ('t1', ?, ?, 'public', 'orders', 1, 1), ('t2', ?, ?, 'public', 'lines', 0, 1),"
                            + " ('t3', ?, ?, 'public', 'gone', 2, 0)",
                    SOURCE,
                    ORDERS,
                    SOURCE,
                    "source_" + SOURCE + ".public.lines",
                    SOURCE,
                    "source_" + SOURCE + ".public.gone");
        });
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void listsTopicsOfAllOwnersInTheOrderOfTheirMaking() {
        assertThat(insert(CALLER, "made")).isTrue();
        assertThat(insert(OTHER, "made")).isFalse();
        assertThat(insert(OTHER, "foreign")).isTrue();

        List<TopicEntry> found = list(TopicRepository.of(CALLER), "created_at, owner_id, position");

        assertThat(found)
                .extracting(TopicEntry::name)
                .containsExactly("public.lines", "public.orders", "streamkap.deadletterqueue", "made");
        assertThat(found.get(1))
                .isEqualTo(new TopicEntry(
                        "t1",
                        ORDERS,
                        "public.orders",
                        new TopicEntry.Owner(TopicEntry.OwnerKind.SOURCES, SOURCE, "Shop", Optional.of("postgresql")),
                        false));
        assertThat(found.get(2).id()).isEqualTo(DESTINATION.value());
        assertThat(found.get(2).deadLetters()).isTrue();
        assertThat(found.get(3).prefix()).isEmpty();
        assertThat(store.<Set<String>, RuntimeException>read(handle -> topics.names(handle, OTHER)))
                .containsExactly("foreign");
    }

    @Test
    void filtersSortsAndCuts() {
        insert(CALLER, "made");

        assertThat(list(TopicRepository.of(CALLER).part("lower(name)", Optional.of("ORD")), "name"))
                .extracting(TopicEntry::id)
                .containsExactly("t1");
        assertThat(list(TopicRepository.of(CALLER).in("owner_kind", List.of("sources", "manual")), "name desc"))
                .extracting(TopicEntry::name)
                .containsExactly("public.orders", "public.lines", "made");
        assertThat(store.<List<TopicEntry>, RuntimeException>read(
                        handle -> topics.list(handle, TopicRepository.of(CALLER), "name", 1, 2)))
                .extracting(TopicEntry::name)
                .containsExactly("public.lines", "public.orders");
        assertThat(store.<Long, RuntimeException>read(handle -> topics.count(handle, TopicRepository.of(CALLER))))
                .isEqualTo(4);
        assertThat(list(
                        TopicRepository.of(CALLER)
                                .inRows("topic", "select topic from source_topic where id", List.of("t2")),
                        "name"))
                .extracting(TopicEntry::id)
                .containsExactly("t2");
    }

    @Test
    void findsTopicsOfTheCallerOnly() {
        assertThat(find(CALLER, LETTERS)).isPresent();
        assertThat(find(OTHER, LETTERS)).isEmpty();
        assertThat(find(CALLER, "source_" + SOURCE + ".public.gone")).isEmpty();
        assertThat(store.<List<TopicEntry>, RuntimeException>read(
                        handle -> topics.ofIds(handle, CALLER, List.of("t1", DESTINATION.value(), "none"))))
                .extracting(TopicEntry::topicId)
                .containsExactly(LETTERS, ORDERS);
        assertThat(store.<Map<String, List<TopicEntry>>, RuntimeException>read(
                                handle -> topics.byOwner(handle, CALLER, List.of(SOURCE)))
                        .get(SOURCE))
                .extracting(TopicEntry::id)
                .containsExactly("t2", "t1");
    }

    @Test
    void keepsTagsInTheirOrderAndForgetsThemWithTheTopic() {
        insert(CALLER, "made");
        TopicEntry made = find(CALLER, "made").orElseThrow();

        store.change(handle -> topics.tag(handle, made, List.of("b", "a")));

        assertThat(store.<List<String>, RuntimeException>read(handle -> topics.tags(handle, made)))
                .containsExactly("b", "a");
        assertThat(tagged("a")).isOne();
        store.change(handle -> topics.delete(handle, made));
        assertThat(tagged("a")).isZero();
        assertThat(find(CALLER, "made")).isEmpty();
    }

    @Test
    void bindsATopicToADestinationOnce() {
        insert(CALLER, "made");
        TopicEntry made = find(CALLER, "made").orElseThrow();

        assertThat(bind("b1")).isTrue();
        assertThat(bind("b2")).isFalse();

        assertThat(store.<Optional<String>, RuntimeException>read(handle -> bindings.find(handle, "made", DESTINATION)))
                .contains("b1");
        assertThat(store.<List<String>, RuntimeException>read(handle -> bindings.of(handle, DESTINATION)))
                .containsExactly("made");
        assertThat(store.<Optional<String>, RuntimeException>read(handle -> topics.use(handle, made)))
                .contains("destination 'Copy'");
        store.change(handle -> handle.execute(
                "insert into pipeline_reset (destination_id, topic) values (?, 'made')", DESTINATION.value()));
        assertThat(store.<List<String>, RuntimeException>read(handle -> bindings.of(handle, DESTINATION)))
                .isEmpty();
        store.change(handle -> bindings.delete(handle, "b1"));
        assertThat(store.<Optional<String>, RuntimeException>read(handle -> topics.use(handle, made)))
                .isEmpty();
    }

    private boolean insert(Caller caller, String name) {
        TopicEntry topic = new TopicEntry(
                "id of " + name,
                name,
                name,
                new TopicEntry.Owner(TopicEntry.OwnerKind.MANUAL, "id of " + name, name, Optional.empty()),
                false);
        return store.write(handle -> topics.insert(handle, caller, topic, NOW));
    }

    private boolean bind(String id) {
        return store.write(handle -> bindings.insert(handle, id, "made", DESTINATION, NOW));
    }

    private List<TopicEntry> list(Criteria criteria, String order) {
        return store.read(handle -> topics.list(handle, criteria, order, 0, 100));
    }

    private Optional<TopicEntry> find(Caller caller, String topic) {
        return store.read(handle -> topics.find(handle, caller, topic));
    }

    private long tagged(String tag) {
        return store.read(handle -> topics.tagged(handle, tag));
    }
}
