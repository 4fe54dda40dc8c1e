package io.millrace.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;

/** The command lines that do what the tour does. Secrets appear as variables of the shell. */
record Curl(URI base) {
    /** Returns the line for a token; it reads the credential from the file in which the platform keeps it. */
    String token(Path credentials) {
        return "TOKEN=$(curl -s " + base + "/auth/access-token -H 'Content-Type: application/json' \\\n" + "  -d @"
                + credentials + " | sed 's/.*\"accessToken\":\"\\([^\"]*\\)\".*/\\1/')";
    }

    String get(String path) {
        return "curl -s '" + base + path + "' -H \"Authorization: Bearer $TOKEN\"";
    }

    /** Returns the line for a POST. The body holds no secret; {@code $PGPASSWORD} in it is left to the shell. */
    String post(String path, JsonNode body) {
        return "curl -s '" + base + path
                + "' -H \"Authorization: Bearer $TOKEN\" -H 'Content-Type: application/json' \\\n" + "  -d '"
                + quoted(body) + "'";
    }

    private static String quoted(JsonNode body) {
        return body.toString().replace("'", "'\\''").replace("$PGPASSWORD", "'\"$PGPASSWORD\"'");
    }
}
