package io.millrace.app;

import io.millrace.auth.Access;
import io.millrace.billing.UsageResource;
import io.millrace.billing.UsageService;
import io.millrace.connector.Connectors;
import io.millrace.connector.Converters;
import io.millrace.connector.FilledKeys;
import io.millrace.connector.SealingKeys;
import io.millrace.consumergroup.Groups;
import io.millrace.dashboard.DashboardResource;
import io.millrace.dashboard.DashboardService;
import io.millrace.database.mariadb.MariaDbSessions;
import io.millrace.database.postgresql.PostgresSessions;
import io.millrace.destination.DestinationTypes;
import io.millrace.destination.Destinations;
import io.millrace.destination.SinkFrame;
import io.millrace.destination.clickhouse.ClickHouseSink;
import io.millrace.destination.deadletter.ReplayingInflow;
import io.millrace.destination.deadletter.Replays;
import io.millrace.destination.files.AzureDestination;
import io.millrace.destination.files.GoogleDestination;
import io.millrace.destination.files.S3Destination;
import io.millrace.destination.httpsink.HttpSink;
import io.millrace.destination.iceberg.IcebergSink;
import io.millrace.destination.kafka.KafkaSink;
import io.millrace.destination.redis.RedisSink;
import io.millrace.destination.sql.DuckDbDestination;
import io.millrace.destination.sql.DuckDbSessions;
import io.millrace.destination.sql.MotherDuckDestination;
import io.millrace.destination.sql.MysqlDestination;
import io.millrace.destination.sql.PostgresqlDestination;
import io.millrace.engine.Engine;
import io.millrace.http.Api;
import io.millrace.http.ProblemForm;
import io.millrace.http.Readiness;
import io.millrace.metric.Measuring;
import io.millrace.metric.Usage;
import io.millrace.pipeline.Backfills;
import io.millrace.pipeline.PipelineLinks;
import io.millrace.pipeline.Pipelines;
import io.millrace.pipeline.Resets;
import io.millrace.pipeline.verify.Verifications;
import io.millrace.schemaregistry.SchemaRegistry;
import io.millrace.secret.MasterKey;
import io.millrace.secret.SealedSecrets;
import io.millrace.snapshot.AskedDatabases;
import io.millrace.snapshot.OwnedSources;
import io.millrace.snapshot.Snapshots;
import io.millrace.snapshot.StoredMarks;
import io.millrace.source.ConnectorFrame;
import io.millrace.source.FilledSourceKeys;
import io.millrace.source.SourceId;
import io.millrace.source.Sources;
import io.millrace.store.Ids;
import io.millrace.store.Store;
import io.millrace.system.AnswerCounts;
import io.millrace.system.Health;
import io.millrace.system.HealthCheck;
import io.millrace.system.Metrics;
import io.millrace.system.SystemResource;
import io.millrace.tag.TagUse;
import io.millrace.tag.Tags;
import io.millrace.topic.BoundInflow;
import io.millrace.topic.RecordDecoder;
import io.millrace.topic.TopicSchemas;
import io.millrace.topic.Topics;
import io.millrace.tunnel.Tunnels;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Calls the constructors of everything, in the order in which one thing needs another. What is made here starts nothing
 * by itself: {@link #begin} is called once the data plane runs, {@link #end} before it is closed.
 */
final class Wiring implements AutoCloseable {
    private static final String REGISTRY_URL = "${secret:registry:url}";
    private static final String REGISTRY_USER = "${secret:registry:user}";

    private final Clock clock = Clock.systemUTC();
    private final SecureRandom random = new SecureRandom();
    private final Readiness readiness = new Readiness();
    private final List<AutoCloseable> started = new ArrayList<>();
    private final Ids ids = new Ids(clock, random);
    private final Store store;
    private final Access access;
    private final SealedSecrets sealed;
    private final Api api;
    private final Tunnels tunnels;
    private final Sources sources;
    private final Destinations destinations;
    private final Snapshots snapshots;
    private final Replays replays;
    private final Backfills backfills;
    private final Resets resets;
    private final Verifications verifications;
    private final Groups groups;
    private final Measuring measuring;
    private volatile String apiUrl = "";

    Wiring(Settings settings, DataFolder folder, Engine engine) throws IOException {
        store = Store.sqlite(folder.resolve("millrace.db"));
        sealed = new SealedSecrets(masterKey(settings), random);
        access = new Access(store, ids, random, clock);

        List<Object> resources = new ArrayList<>();
        List<ProblemForm> forms = new ArrayList<>();
        resources.add(access.resource());
        SchemaRegistry registry = new SchemaRegistry(store, clock);
        resources.addAll(registry.resources());
        forms.add(registry.form());
        Connectors.Foundation foundation = new Connectors.Foundation(store, ids, clock, sealed);
        PipelineLinks links = new PipelineLinks(store);
        BoundInflow bound = new BoundInflow(store, links, links);
        ReplayingInflow inflow = new ReplayingInflow(store, bound);
        tunnels = new Tunnels(store);
        FilledKeys filled = new FilledKeys(List.of(FilledSourceKeys.makers(() -> apiUrl, random), Tunnels.makers()));
        sources = new Sources(
                foundation,
                engine,
                new ConnectorFrame(settings.format().key(), REGISTRY_URL, REGISTRY_USER),
                new Sources.Surroundings(
                        new DiskRoom(settings.data(), settings.minFreeBytes()),
                        links,
                        new StoredMarks(store),
                        tunnels,
                        filled));
        resources.addAll(sources.resources());
        DuckDbSessions duckDb = new DuckDbSessions(engine.connect());
        destinations = new Destinations(
                foundation,
                engine,
                new DestinationTypes(List.of(
                        new ClickHouseSink(),
                        new KafkaSink(),
                        new RedisSink(),
                        new HttpSink(),
                        new PostgresqlDestination("postgresql", new PostgresSessions()),
                        new PostgresqlDestination("cockroachdb", new PostgresSessions()),
                        new MysqlDestination(new MariaDbSessions()),
                        new DuckDbDestination(folder.resolve("duckdb"), duckDb),
                        new MotherDuckDestination(duckDb),
                        new IcebergSink(folder.resolve("iceberg"), clock),
                        S3Destination.amazon(clock),
                        S3Destination.cloudflare(clock),
                        S3Destination.starburst(clock),
                        new AzureDestination(clock),
                        new GoogleDestination(clock))),
                new SinkFrame(new Converters(settings.format().key(), REGISTRY_URL, REGISTRY_USER)),
                new Destinations.Surroundings(inflow, bound, tunnels, filled));
        resources.addAll(destinations.resources());
        replays = new Replays(store, destinations.connectors().service(), bound, engine.kafka(), clock);
        resources.addAll(replays.resources());
        Pipelines pipelines = new Pipelines(foundation, sources, destinations, engine.kafka());
        resources.addAll(pipelines.resources());
        snapshots = new Snapshots(
                new Snapshots.Platform(store, ids, clock, engine),
                new OwnedSources(sources),
                new AskedDatabases(source -> sources.reach(new SourceId(source.id()))),
                registry::schema);
        resources.addAll(snapshots.resources());
        backfills = new Backfills(
                store,
                sources.connectors().service(),
                new Backfills.Starter(snapshots.validate(), snapshots.execute()),
                clock);
        resets = new Resets(store, destinations.connectors().service(), engine.kafka());
        Topics topics = new Topics(
                foundation,
                engine.kafka(),
                destinations.connectors().service(),
                new Topics.Surroundings(
                        new StoredMarks(store),
                        settings.format().key(),
                        new RecordDecoder(registry::schema),
                        (caller, subject) -> registry.newest(caller, subject)
                                .map(schema -> new TopicSchemas.Registered(schema.id(), schema.text()))));
        resources.addAll(topics.resources());
        groups = new Groups(engine.kafka(), topics.visible());
        resources.addAll(groups.resources());
        Tags tags = new Tags(
                foundation,
                List.of(
                        new TagUse("sources", sources.connectors()::tagged),
                        new TagUse("destinations", destinations.connectors()::tagged),
                        new TagUse("pipelines", pipelines::tagged),
                        new TagUse("topics", topics::tagged)));
        resources.add(tags.resource());
        verifications = new Verifications(
                foundation,
                pipelines.routes(),
                new Verifications.Ends(sources, destinations, snapshots.execute(), snapshots.validate()));
        resources.addAll(verifications.resources());
        measuring = new Measuring(
                store,
                engine,
                clock,
                new Measuring.Measured(
                        sources.connectors(),
                        sources.topics(),
                        destinations.connectors(),
                        pipelines.routes(),
                        new StoredMarks(store),
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
        // Each feature adds its resources here, and what has to run to begin().

        AnswerCounts answers = new AnswerCounts();
        resources.add(new SystemResource(
                new Health(readiness, checks(engine)),
                new Metrics(readiness, answers, engine, sources.remnants()::slots, measuring::families),
                resources));
        api = new Api(resources, access.authenticator(), forms, readiness, answers);
    }

    Access access() {
        return access;
    }

    Api api() {
        return api;
    }

    Ids ids() {
        return ids;
    }

    /** Returns what seals the secrets of all features. */
    SealedSecrets sealed() {
        return sealed;
    }

    Readiness readiness() {
        return readiness;
    }

    /** Returns the lookup of secrets for connectors. */
    EngineStarter.Secrets secrets() {
        return (path, key) -> path.equals("registry")
                ? registrySetting(key)
                : sources.connectors()
                        .secret(path, key)
                        .or(() -> destinations.connectors().secret(path, key));
    }

    /** Says where the API is reached, which is known for sure once it listens. */
    void listens(String url) {
        apiUrl = url;
        tunnels.begin();
    }

    private Optional<String> registrySetting(String key) {
        return switch (key) {
            case "user" -> Optional.of(access.internal().userInfo().reveal());
            case "url" -> Optional.of(apiUrl + "/schema-registry/confluent");
            default -> Optional.empty();
        };
    }

    /** Starts what works on the data plane; returns when it is up. */
    void begin() {
        // Reconcilers and readers of control topics go here, each also into `started`, to be closed in reverse order.
        snapshots.begin();
        started.add(snapshots);
        sources.begin();
        started.add(sources);
        destinations.begin();
        started.add(destinations);
        replays.begin();
        started.add(replays);
        resets.begin();
        started.add(resets);
        backfills.begin();
        started.add(backfills);
        verifications.begin();
        started.add(verifications);
        started.add(groups);
        measuring.begin();
        started.add(measuring);
        readiness.begin();
    }

    /** Ends what {@link #begin} started. */
    void end() throws Exception {
        readiness.end();
        while (!started.isEmpty()) {
            started.remove(started.size() - 1).close();
        }
    }

    @Override
    public void close() {
        tunnels.close();
        store.close();
    }

    private MasterKey masterKey(Settings settings) {
        Path file = settings.masterKeyFile();
        try {
            return MasterKey.at(file, random, SealingKeys.used(store));
        } catch (IOException e) {
            store.close();
            throw new StartProblem(
                    "the master key file " + file + " can neither be read nor made (" + e
                            + "); mend that or choose another one with MILLRACE_MASTER_KEY_FILE",
                    e);
        } catch (RuntimeException e) {
            // Nobody else can close it: what is half made is handed to no one.
            store.close();
            throw e;
        }
    }

    private List<HealthCheck> checks(Engine engine) {
        return List.of(
                new HealthCheck(
                        "database",
                        () -> store.answers() ? Optional.empty() : Optional.of("The store does not answer")),
                new HealthCheck("engine", engine::failure),
                new HealthCheck("kafka", () -> {
                    engine.kafka().topics();
                    return Optional.empty();
                }),
                new HealthCheck("connect", () -> {
                    engine.connect().statuses();
                    return Optional.empty();
                }));
    }
}
