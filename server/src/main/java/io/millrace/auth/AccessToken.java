package io.millrace.auth;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/** A pair of tokens; the only answer of the API in camelCase. */
record AccessToken(
        @JsonProperty("accessToken") String accessToken,
        @JsonProperty("refreshToken") String refreshToken,
        @JsonProperty("expires") Instant expires,
        @JsonProperty("expiresIn") long expiresIn) {
    @Override
    public String toString() {
        return "AccessToken[expires=" + expires + "]";
    }
}
