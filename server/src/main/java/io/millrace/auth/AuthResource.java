package io.millrace.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.millrace.auth.AuthAnswers.CredentialAnswer;
import io.millrace.auth.AuthAnswers.PermissionAnswer;
import io.millrace.auth.AuthAnswers.RoleAnswer;
import io.millrace.auth.AuthAnswers.WhoAmI;
import io.millrace.http.ApiProblem;
import io.millrace.http.Caller;
import io.millrace.http.FromBody;
import io.millrace.http.Open;
import io.millrace.http.Permission;
import io.millrace.http.SignedIn;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Tokens, credentials, roles, identity. */
@Path("/auth")
public final class AuthResource {
    private final TokenService tokens;
    private final CredentialService credentials;

    AuthResource(TokenService tokens, CredentialService credentials) {
        this.tokens = tokens;
        this.credentials = credentials;
    }

    @POST
    @Path("/access-token")
    @Open
    public AccessToken accessToken(@FromBody AuthRequests.Login login) {
        if (login.projectKey().isPresent()) {
            // No project key has been given out yet, so none can be right.
            throw new ApiProblem.Unauthenticated("Invalid client credentials");
        }
        return tokens.issue(login.clientId().orElseThrow(), login.secret().orElseThrow());
    }

    @POST
    @Path("/access-token/refresh")
    @Open
    public AccessToken refresh(@FromBody AuthRequests.Refresh refresh) {
        return tokens.refresh(refresh.refreshToken());
    }

    @GET
    @Path("/client-credentials")
    @Permission("read:client_credentials")
    public List<CredentialAnswer> credentials(@Context Caller caller) {
        return credentials.list(caller).stream()
                .map(credential -> CredentialAnswer.of(credential, Optional.empty()))
                .toList();
    }

    @POST
    @Path("/client-credentials")
    @Permission("write:client_credentials")
    public CredentialAnswer createCredential(@Context Caller caller, @FromBody AuthRequests.NewCredential wanted) {
        CredentialService.Created created = credentials.create(caller, wanted);
        return CredentialAnswer.of(created.credential(), Optional.of(created.secret()));
    }

    @DELETE
    @Path("/client-credentials/{client_id}")
    @Permission("write:client_credentials")
    public JsonNode deleteCredential(@Context Caller caller, @PathParam("client_id") String clientId) {
        credentials.delete(caller, clientId);
        return NullNode.getInstance();
    }

    @GET
    @Path("/roles")
    @Permission("read:roles")
    public List<RoleAnswer> roles() {
        return Arrays.stream(Role.values()).map(RoleAnswer::of).toList();
    }

    @GET
    @Path("/whoami")
    @SignedIn
    public WhoAmI whoami(@Context Caller caller) {
        return WhoAmI.of(caller);
    }

    @GET
    @Path("/permissions")
    @Permission("read:roles")
    public List<PermissionAnswer> permissions() {
        return AuthAnswers.permissions(Permissions.all());
    }
}
