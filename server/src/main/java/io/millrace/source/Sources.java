package io.millrace.source;

import io.millrace.catalogue.ConfigValues;
import io.millrace.catalogue.ConnectorCatalogue;
import io.millrace.connector.Approach;
import io.millrace.connector.ConfigVault;
import io.millrace.connector.ConnectionTrial;
import io.millrace.connector.Connector;
import io.millrace.connector.ConnectorUse;
import io.millrace.connector.Connectors;
import io.millrace.connector.FilledKeys;
import io.millrace.connector.Kind;
import io.millrace.connector.Room;
import io.millrace.connector.Ways;
import io.millrace.connector.smt.SmtChains;
import io.millrace.connector.smt.SmtService;
import io.millrace.control.ControlTopics;
import io.millrace.database.ConnectionFailedException;
import io.millrace.database.LogRetention;
import io.millrace.database.ReachedDatabase;
import io.millrace.database.ValidationReport;
import io.millrace.database.mariadb.MariaDbSessions;
import io.millrace.database.postgresql.PostgresSessions;
import io.millrace.engine.Engine;
import io.millrace.engine.TopicSpec;
import io.millrace.http.ApiProblem;
import io.millrace.source.binlog.BinlogCapture;
import io.millrace.source.binlog.Flavour;
import io.millrace.source.postgresql.PostgresqlCapture;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes everything about sources. Starts nothing until {@link #begin}. */
public final class Sources implements AutoCloseable {
    private final ConnectorCatalogue catalogue = ConnectorCatalogue.sources();
    private final CaptureTypes types = new CaptureTypes(List.of(
            new PostgresqlCapture(new PostgresSessions()),
            new BinlogCapture(Flavour.MARIADB, new MariaDbSessions()),
            new BinlogCapture(Flavour.MYSQL, new MariaDbSessions())));
    private final Engine engine;
    private final SnapshotMarks snapshots;
    private final Approach approach;
    private final Remnants remnants;
    private final TopicDirectory topics;
    private final Connectors connectors;
    private final ConnectionTrial trial;
    private final SmtService chains;

    /**
     * What others tell sources.
     *
     * @param room whether there is room for what they capture
     * @param use what needs a source
     * @param snapshots what lists say about snapshots
     * @param ways how their databases are reached
     * @param filled what is put into the keys that the server fills
     */
    public record Surroundings(Room room, ConnectorUse use, SnapshotMarks snapshots, Ways ways, FilledKeys filled) {}

    /** Wires sources over a data plane that need not run yet. */
    public Sources(Connectors.Foundation foundation, Engine engine, ConnectorFrame frame, Surroundings surroundings) {
        this.engine = engine;
        snapshots = surroundings.snapshots();
        ConfigVault vault = new ConfigVault(catalogue, foundation.secrets(), surroundings.filled());
        approach = new Approach(vault, surroundings.ways());
        SourceTables tables = new SourceTables(foundation.store(), foundation.ids());
        remnants = new Remnants(tables, types, approach, foundation.clock());
        topics = new TopicDirectory(tables);
        SourceRules rules = new SourceRules(types, tables);
        connectors = new Connectors(
                Kind.SOURCE,
                foundation,
                engine,
                vault,
                new Connectors.Particulars(
                        rules,
                        rules,
                        surroundings.use(),
                        new SourceBlueprint(engine, types, approach, frame, tables, foundation.clock()),
                        remnants,
                        surroundings.room(),
                        surroundings.ways(),
                        new SmtChains(foundation.store(), foundation.secrets())));
        chains = new SmtService(
                new SmtService.Means(foundation.store(), foundation.ids(), foundation.secrets()),
                connectors.service(),
                engine.connect());
        trial = new ConnectionTrial(Kind.SOURCE, connectors.service(), vault, this::look, foundation.clock());
    }

    /** Returns what sources have in common with destinations. */
    public Connectors connectors() {
        return connectors;
    }

    /** Returns the kinds of databases that can be captured. */
    public CaptureTypes types() {
        return types;
    }

    /** Returns the topics of all sources. */
    public TopicDirectory topics() {
        return topics;
    }

    /** Returns what deleted sources left behind. */
    public Remnants remnants() {
        return remnants;
    }

    /**
     * Opens a session with the database of a source.
     *
     * @throws ConnectionFailedException with the reason in words
     */
    public ReachedDatabase reach(SourceId id) throws ConnectionFailedException {
        Connector source = connectors
                .service()
                .find(id.connectorId())
                .orElseThrow(() -> new ApiProblem.NotFound("Source not found: " + id));
        return types.of(source.code()).reach(approach.ofServer(source));
    }

    /**
     * Returns how much log the database of a source keeps for it; empty where that depends on no source.
     *
     * @throws SQLException when it cannot be asked
     */
    public Optional<LogRetention> retention(SourceId id) throws SQLException {
        Optional<Connector> source = connectors.service().find(id.connectorId());
        if (source.isEmpty() || types.find(source.get().code()).isEmpty()) {
            return Optional.empty();
        }
        return types.of(source.get().code()).retention(approach.ofServer(source.get()));
    }

    /** Returns what serves the calls about sources. */
    public List<Object> resources() {
        return List.of(
                new SourceResource(connectors.service(), connectors.listing(), catalogue, trial, snapshots),
                new SourceSmtResource(chains),
                new SourceBulkResource(connectors.bulk()));
    }

    /** Begins to make what runs equal to what is wanted; the data plane must be up. */
    public void begin() {
        // Tasks read these before anything else, so they are there before any connector is.
        for (String topic : List.of(ControlTopics.DESIRED, ControlTopics.PROGRESS)) {
            engine.kafka().createTopic(new TopicSpec(topic, 1, Map.of("cleanup.policy", "compact")));
        }
        connectors.begin();
    }

    @Override
    public void close() {
        connectors.close();
    }

    private Optional<ValidationReport> look(ConfigValues config, Optional<Connector> saved, Duration limit) {
        return types.find(config.connector().code())
                .map(type -> approach.tried(
                        config, saved, limit, reached -> type.validate(reached, saved.isPresent(), limit)));
    }
}
