package io.millrace.auth;

import io.millrace.http.shape.Default;
import io.millrace.http.shape.RequiredUnless;
import io.millrace.http.shape.Size;
import io.millrace.secret.Secret;
import java.util.List;
import java.util.Optional;

/** Bodies of the calls about access. */
final class AuthRequests {
    private AuthRequests() {}

    /** Id with secret, or a project key. */
    record Login(
            @RequiredUnless("project_key") Optional<@Size(max = 256) String> clientId,
            @RequiredUnless("project_key") Optional<@Size(max = 512) Secret> secret,
            Optional<@Size(max = 8192) Secret> projectKey) {}

    record Refresh(Secret refreshToken) {}

    record NewCredential(
            @Size(min = 1) List<String> roleIds,
            Optional<String> description,
            Optional<String> serviceId,
            @Default("api") CreatedFrom createdFrom) {}
}
