package io.millrace.pipeline.verify;

import io.millrace.connector.Connector;
import io.millrace.connector.Health;
import io.millrace.control.TableName;
import io.millrace.database.ReachedDatabase;
import io.millrace.destination.Destinations;
import io.millrace.destination.Landing;
import io.millrace.http.ApiProblem;
import io.millrace.pipeline.PipelineRoute;
import io.millrace.source.SourceId;
import io.millrace.source.SourceTopic;
import io.millrace.source.Sources;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Collectors;

/** The two ends of pipelines, as far as they can be asked. */
final class VerifiedEnds {
    private final Sources sources;
    private final Destinations destinations;

    VerifiedEnds(Sources sources, Destinations destinations) {
        this.sources = sources;
        this.destinations = destinations;
    }

    /** Returns where rows land; refuses ends that cannot be asked. */
    Landing landing(PipelineRoute route) {
        Connector source = sources.connectors()
                .service()
                .find(route.source())
                .orElseThrow(() -> new ApiProblem.BadRequest("The pipeline's source does not exist any more"));
        if (sources.types().find(source.code()).isEmpty()) {
            throw new ApiProblem.BadRequest("Source '" + source.name() + "' (" + source.code()
                    + ") cannot be queried, so there is nothing to compare with");
        }
        Connector destination = destinations
                .connectors()
                .service()
                .find(route.destination())
                .orElseThrow(() -> new ApiProblem.BadRequest("The pipeline's destination does not exist any more"));
        String named = "Destination '" + destination.name() + "' (" + destination.code() + ")";
        Landing landing = destinations
                .landing(destination)
                .orElseThrow(() -> new ApiProblem.BadRequest(
                        named + " cannot be queried, so its tables cannot be compared with those of the source"));
        if (!landing.readBack().upserts()) {
            throw new ApiProblem.BadRequest(named
                    + " gets a row for each change, so its tables are not to be equal to those of the source;"
                    + " only destinations that upsert can be verified");
        }
        return landing;
    }

    /** Refuses a source that could not take a snapshot now. */
    void refuseUnlessRunning(PipelineRoute route) {
        Connector source = sources.connectors()
                .service()
                .find(route.source())
                .orElseThrow(() -> new ApiProblem.BadRequest("The pipeline's source does not exist any more"));
        Health health = sources.connectors().service().health(source);
        if (health.state() != Health.State.ACTIVE) {
            throw new ApiProblem.BadRequest("Source '" + source.name() + "' is not running ("
                    + health.state().label() + "); a repair takes a snapshot of it");
        }
    }

    /** Returns the tables of the source's topics by the names of these in Kafka. */
    Map<String, TableName> tables(PipelineRoute route) {
        return sources.topics().of(SourceId.of(route.source())).stream()
                .collect(Collectors.toMap(SourceTopic::topicId, SourceTopic::table));
    }

    /** Opens a session with the source's database. */
    ReachedDatabase reach(PipelineRoute route) throws SQLException {
        return sources.reach(SourceId.of(route.source()));
    }
}
