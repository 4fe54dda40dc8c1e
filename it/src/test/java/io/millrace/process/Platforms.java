package io.millrace.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.testkit.MillraceLaunch;
import io.millrace.testkit.MillraceProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;

/** Platforms without connectors, which start quickly, and any request to them. */
final class Platforms {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private Platforms() {}

    /** Returns a launch with no arguments yet. */
    static MillraceLaunch in(Path folder) {
        return MillraceLaunch.of(folder, folder.resolve("errors.txt"))
                .options(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1"));
    }

    /** Starts a platform on any free ports and waits until it is ready. */
    static MillraceProcess up(Path folder, Path data) {
        return MillraceProcess.start(in(folder).on(data));
    }

    /** Returns a token for a credential. */
    static String token(MillraceProcess platform, String clientId, String secret)
            throws IOException, InterruptedException {
        ObjectMapper json = new ObjectMapper();
        String login = json.createObjectNode()
                .put("client_id", clientId)
                .put("secret", secret)
                .toString();
        return json.readTree(send(platform, "POST", "/auth/access-token", login, "Content-Type", "application/json")
                        .body())
                .path("accessToken")
                .asText();
    }

    static HttpResponse<String> send(
            MillraceProcess platform, String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(platform.url().resolve(path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
