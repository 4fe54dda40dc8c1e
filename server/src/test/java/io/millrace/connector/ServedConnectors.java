package io.millrace.connector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.billing.UsageResource;
import io.millrace.billing.UsageService;
import io.millrace.consumergroup.Groups;
import io.millrace.dashboard.DashboardResource;
import io.millrace.dashboard.DashboardService;
import io.millrace.destination.DestinationType;
import io.millrace.destination.DestinationTypes;
import io.millrace.destination.Destinations;
import io.millrace.destination.SinkFrame;
import io.millrace.http.TestApi;
import io.millrace.http.TestApi.Answer;
import io.millrace.metric.Measuring;
import io.millrace.metric.Usage;
import io.millrace.pipeline.PipelineLinks;
import io.millrace.pipeline.Pipelines;
import io.millrace.pipeline.verify.Verifications;
import io.millrace.secret.MasterKey;
import io.millrace.secret.SealedSecrets;
import io.millrace.snapshot.AskedDatabases;
import io.millrace.snapshot.OwnedSources;
import io.millrace.snapshot.Snapshots;
import io.millrace.source.ConnectorFrame;
import io.millrace.source.FilledSourceKeys;
import io.millrace.source.SnapshotMarks;
import io.millrace.source.SourceId;
import io.millrace.source.Sources;
import io.millrace.store.Ids;
import io.millrace.store.Store;
import io.millrace.tag.TagUse;
import io.millrace.tag.Tags;
import io.millrace.topic.BoundInflow;
import io.millrace.topic.RecordDecoder;
import io.millrace.topic.Topics;
import io.millrace.tunnel.Tunnels;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Sources, destinations, pipelines and tags over HTTP, with a real store and a data plane in memory. */
public final class ServedConnectors implements AutoCloseable {
    private static final String MAY_ALL =
            "Bearer read:sources,write:sources,read:destinations,write:destinations,read:pipelines,write:pipelines,"
                    + "read:tags,write:tags,read:topics,write:topics,read:topic_messages,write:topic_messages,"
                    + "read:consumer_groups,write:consumer_groups,"
                    + "read:dashboard,read:billing,read:source_metrics,read:destination_metrics,read:pipeline_metrics";

    private final Store store;
    private final Tunnels tunnels;
    private final Sources sources;
    private final Destinations destinations;
    private final Verifications verifications;
    private final Groups groups;
    private final Measuring measuring;
    private final TestApi api;

    /** Serves them from {@code store}, which is closed with this. */
    public ServedConnectors(Store store, Path folder, MemoryEngine engine, DestinationType... types) {
        this(store, folder, engine, Clock.systemUTC(), types);
    }

    /** As the other, by this clock. */
    public ServedConnectors(Store store, Path folder, MemoryEngine engine, Clock clock, DestinationType... types) {
        this.store = store;
        store.change(handle -> {
            handle.execute(
                    "insert into tenant (id, name, created_at) values ('tenant', 't', 0) on conflict do nothing");
            handle.execute(
                    "insert into service (id, tenant_id, name, created_at) values ('service', 'tenant', 's', 0) on conflict do nothing");
        });
        SecureRandom random = new SecureRandom();
        Connectors.Foundation foundation =
                new Connectors.Foundation(store, new Ids(clock, random), clock, secrets(folder, random));
        PipelineLinks links = new PipelineLinks(store);
        BoundInflow bound = new BoundInflow(store, links, links);
        tunnels = new Tunnels(store);
        FilledKeys filled =
                new FilledKeys(List.of(FilledSourceKeys.makers(() -> "http://api", random), Tunnels.makers()));
        sources = new Sources(
                foundation,
                engine,
                new ConnectorFrame("avro", "http://registry", "${secret:registry:user}"),
                new Sources.Surroundings(Optional::empty, links, SnapshotMarks.NONE, tunnels, filled));
        destinations = new Destinations(
                foundation,
                engine,
                new DestinationTypes(List.of(types)),
                new SinkFrame(new Converters("avro", "http://registry", "${secret:registry:user}")),
                new Destinations.Surroundings(bound, bound, tunnels, filled));
        Pipelines pipelines = new Pipelines(foundation, sources, destinations, engine.kafka());
        Topics topics = new Topics(
                foundation,
                engine.kafka(),
                destinations.connectors().service(),
                new Topics.Surroundings(
                        SnapshotMarks.NONE,
                        "avro",
                        new RecordDecoder((caller, id) -> Optional.empty()),
                        (caller, subject) -> Optional.empty()));
        List<Object> resources = new ArrayList<>(sources.resources());
        resources.addAll(destinations.resources());
        resources.addAll(pipelines.resources());
        Snapshots snapshots = new Snapshots(
                new Snapshots.Platform(store, foundation.ids(), clock, engine),
                new OwnedSources(sources),
                new AskedDatabases(source -> sources.reach(new SourceId(source.id()))),
                id -> Optional.empty());
        verifications = new Verifications(
                foundation,
                pipelines.routes(),
                new Verifications.Ends(sources, destinations, snapshots.execute(), snapshots.validate()));
        resources.addAll(verifications.resources());
        resources.add(new Tags(
                        foundation,
                        List.of(
                                new TagUse("sources", sources.connectors()::tagged),
                                new TagUse("destinations", destinations.connectors()::tagged),
                                new TagUse("pipelines", pipelines::tagged),
                                new TagUse("topics", topics::tagged)))
                .resource());
        resources.addAll(topics.resources());
        groups = new Groups(engine.kafka(), topics.visible());
        resources.addAll(groups.resources());
        measuring = new Measuring(
                store,
                engine,
                clock,
                new Measuring.Measured(
                        sources.connectors(),
                        sources.topics(),
                        destinations.connectors(),
                        pipelines.routes(),
                        SnapshotMarks.NONE,
                        snapshots,
                        sources::retention));
        resources.addAll(measuring.resources());
        resources.add(new DashboardResource(new DashboardService(
                new DashboardService.Parts(
                        sources.connectors(),
                        destinations.connectors(),
                        pipelines.routes(),
                        sources.topics(),
                        snapshots),
                measuring.figures(),
                clock)));
        resources.add(new UsageResource(new UsageService(new Usage(store), measuring.figures(), clock)));
        api = TestApi.of(resources.toArray());
        sources.begin();
        destinations.begin();
    }

    public Store store() {
        return store;
    }

    /** Lets audits that are due begin. */
    public void audit() {
        verifications.audit();
    }

    /** Lets figures be collected. */
    public void measure() {
        measuring.collect();
    }

    public Sources sources() {
        return sources;
    }

    /** Sends a request of a caller who may do everything here. */
    public Answer send(String method, String path, Object body) {
        return api.send(method, path, body.toString(), "Authorization", MAY_ALL);
    }

    /** As {@link #send}, of a caller of another service of the tenant, {@code other}. */
    public Answer sendAsOther(String method, String path, Object body) {
        return api.send(method, path, body.toString(), "Authorization", MAY_ALL + ",service:other");
    }

    /** Returns the secret behind a reference in the configuration of a destination's sink. */
    public Optional<String> secret(String path, String key) {
        return destinations.connectors().secret(path, key);
    }

    /** Sends a request that goes well and returns its answer. */
    public JsonNode ok(String method, String path, Object body) {
        Answer answer = send(method, path, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    /** Sends a request that is refused with a sentence. */
    public void refused(String method, String path, Object body, int status, String detail) {
        Answer answer = send(method, path, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.json().get("detail").textValue()).isEqualTo(detail);
    }

    @Override
    public void close() {
        api.close();
        verifications.close();
        groups.close();
        destinations.close();
        sources.close();
        tunnels.close();
        store.close();
    }

    private static SealedSecrets secrets(Path folder, SecureRandom random) {
        try {
            return new SealedSecrets(MasterKey.at(folder.resolve("key"), random, Set.of()), random);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
