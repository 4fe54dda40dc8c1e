package io.millrace.schemaregistry;

import io.millrace.http.Caller;
import io.millrace.http.FromBody;
import io.millrace.http.FromQuery;
import io.millrace.http.Permission;
import io.millrace.http.WhileStarting;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;

/** Modes in the Confluent protocol. */
@Path("/schema-registry/confluent/mode")
@WhileStarting
public final class ConfluentModeResource {
    private final SettingService settings;

    ConfluentModeResource(SettingService settings) {
        this.settings = settings;
    }

    /** The mode to set. */
    public record Body(Optional<String> mode) {
        Mode parsed() {
            return mode.flatMap(Mode::parse).orElseThrow(RegistryProblems::invalidMode);
        }
    }

    @GET
    @Permission("read:schema_registry")
    public Response get(@Context Caller caller) {
        return mode(settings.mode(Scope.of(caller)));
    }

    @PUT
    @Permission("write:schema_registry")
    public Response set(@Context Caller caller, @FromBody Body body) {
        settings.setMode(Scope.of(caller), Optional.empty(), body.parsed());
        return mode(body.parsed());
    }

    @GET
    @Path("/{subject}")
    @Permission("read:schema_registry")
    public Response get(@Context Caller caller, @PathParam("subject") String subject, @FromQuery Fallback fallback) {
        return mode(settings.mode(Scope.of(caller), new SubjectName(subject), fallback.defaultToGlobal()));
    }

    @PUT
    @Path("/{subject}")
    @Permission("write:schema_registry")
    public Response set(@Context Caller caller, @PathParam("subject") String subject, @FromBody Body body) {
        settings.setMode(Scope.of(caller), Optional.of(new SubjectName(subject)), body.parsed());
        return mode(body.parsed());
    }

    @DELETE
    @Path("/{subject}")
    @Permission("write:schema_registry")
    public Response remove(@Context Caller caller, @PathParam("subject") String subject) {
        return mode(settings.removeMode(Scope.of(caller), new SubjectName(subject)));
    }

    private static Response mode(Mode mode) {
        return ConfluentAnswer.of(Map.of("mode", mode.name()));
    }
}
