package io.millrace.destination;

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
import io.millrace.connector.Leftovers;
import io.millrace.connector.Ways;
import io.millrace.connector.smt.SmtChains;
import io.millrace.connector.smt.SmtService;
import io.millrace.database.ValidationReport;
import io.millrace.engine.Engine;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Makes everything about destinations. Starts nothing until {@link #begin}. */
public final class Destinations implements AutoCloseable {
    private final ConnectorCatalogue catalogue = ConnectorCatalogue.destinations();
    private final DestinationTypes types;
    private final Connectors connectors;
    private final ConnectionTrial trial;
    private final SmtService chains;
    private final ConfigVault vault;
    private final Approach approach;

    /**
     * What others tell destinations.
     *
     * @param use what needs a destination
     * @param ways how what they write to is reached
     * @param filled what is put into the keys that the server fills
     */
    public record Surroundings(Inflow inflow, ConnectorUse use, Ways ways, FilledKeys filled) {}

    /** Wires destinations over a data plane that need not run yet. */
    public Destinations(
            Connectors.Foundation foundation,
            Engine engine,
            DestinationTypes types,
            SinkFrame frame,
            Surroundings surroundings) {
        this.types = types;
        vault = new ConfigVault(catalogue, foundation.secrets(), surroundings.filled());
        approach = new Approach(vault, surroundings.ways());
        connectors = new Connectors(
                Kind.DESTINATION,
                foundation,
                engine,
                vault,
                new Connectors.Particulars(
                        new DestinationRules(types),
                        surroundings.inflow(),
                        surroundings.use(),
                        new DestinationBlueprint(engine.kafka(), types, approach, frame, surroundings.inflow()),
                        Leftovers.NONE,
                        // What is taken out of topics needs no room.
                        Optional::empty,
                        surroundings.ways(),
                        new SmtChains(foundation.store(), foundation.secrets())));
        chains = new SmtService(
                new SmtService.Means(foundation.store(), foundation.ids(), foundation.secrets()),
                connectors.service(),
                engine.connect());
        trial = new ConnectionTrial(Kind.DESTINATION, connectors.service(), vault, this::look, foundation.clock());
    }

    /** Returns what destinations have in common with sources. */
    public Connectors connectors() {
        return connectors;
    }

    /** Returns what serves the calls about destinations. */
    public List<Object> resources() {
        return List.of(
                new DestinationResource(connectors.service(), connectors.listing(), catalogue, trial),
                new DestinationSmtResource(chains),
                new DestinationBulkResource(connectors.bulk()));
    }

    /** Returns where the rows of topics land in a destination; empty where nothing can be asked. */
    public Optional<Landing> landing(Connector destination) {
        ConfigValues config = vault.values(destination);
        return types.find(destination.code())
                .flatMap(type -> type.readBack(config)
                        .map(readBack -> readBack.openedBy(() -> type.readBack(approach.ofServer(destination))
                                .orElseThrow()
                                .opening()
                                .open())))
                .map(readBack -> new Landing(readBack, config));
    }

    /** Begins to make what runs equal to what is wanted; the data plane must be up. */
    public void begin() {
        connectors.begin();
    }

    @Override
    public void close() {
        connectors.close();
    }

    private Optional<ValidationReport> look(ConfigValues config, Optional<Connector> saved, Duration limit) {
        return types.find(config.connector().code())
                .map(type -> approach.tried(config, saved, limit, reached -> type.validate(reached, limit)));
    }
}
