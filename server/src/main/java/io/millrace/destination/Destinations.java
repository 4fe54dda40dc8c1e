package io.millrace.destination;

import io.millrace.catalogue.ConfigValues;
import io.millrace.catalogue.ConnectorCatalogue;
import io.millrace.connector.ConfigVault;
import io.millrace.connector.ConnectionTrial;
import io.millrace.connector.Connector;
import io.millrace.connector.ConnectorUse;
import io.millrace.connector.Connectors;
import io.millrace.connector.Kind;
import io.millrace.connector.Leftovers;
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
    private final ConfigVault vault;

    /**
     * What others tell destinations.
     *
     * @param use what needs a destination
     */
    public record Surroundings(Inflow inflow, ConnectorUse use) {}

    /** Wires destinations over a data plane that need not run yet. */
    public Destinations(
            Connectors.Foundation foundation,
            Engine engine,
            DestinationTypes types,
            SinkFrame frame,
            Surroundings surroundings) {
        this.types = types;
        vault = new ConfigVault(catalogue, foundation.secrets());
        connectors = new Connectors(
                Kind.DESTINATION,
                foundation,
                engine,
                vault,
                new Connectors.Particulars(
                        new DestinationRules(types),
                        surroundings.inflow(),
                        surroundings.use(),
                        new DestinationBlueprint(engine.kafka(), types, vault, frame, surroundings.inflow()),
                        Leftovers.NONE,
                        // What is taken out of topics needs no room.
                        Optional::empty));
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
                new DestinationBulkResource(connectors.bulk()));
    }

    /** Returns where the rows of topics land in a destination; empty where nothing can be asked. */
    public Optional<Landing> landing(Connector destination) {
        ConfigValues config = vault.values(destination);
        return types.find(destination.code())
                .flatMap(type -> type.readBack(config))
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

    private Optional<ValidationReport> look(ConfigValues config, boolean saved, Duration limit) {
        return types.find(config.connector().code()).map(type -> type.validate(config, limit));
    }
}
