package io.millrace.destination.kafka;

import io.millrace.catalogue.ConfigValues;
import io.millrace.database.Check;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** Asks the other cluster who it is, and its schema registry whether it lets us in. */
final class ClusterLook {
    private ClusterLook() {}

    /** Returns what was found, in the order in which it was looked at. */
    static List<Check> at(ConfigValues config, Duration limit) {
        List<Check> checks = new ArrayList<>();
        Duration step = limit.dividedBy(2);
        checks.add(cluster(KafkaSink.servers(config), step));
        if (KafkaSink.isAvro(config)) {
            checks.add(registry(KafkaSink.registry(config), step));
        }
        return checks;
    }

    private static Check cluster(String servers, Duration step) {
        int millis = (int) Math.max(1_000, step.toMillis());
        try (Admin admin = Admin.create(Map.of(
                "bootstrap.servers",
                servers,
                "client.id",
                "millrace-look",
                "request.timeout.ms",
                millis,
                "default.api.timeout.ms",
                millis))) {
            int brokers = admin.describeCluster()
                    .nodes()
                    .get(millis, TimeUnit.MILLISECONDS)
                    .size();
            return Check.passed("reach", "The cluster answers, with " + brokers + " broker(s)");
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            return Check.failed(
                    "reach",
                    "Kafka at " + servers + " does not answer: " + innermost(e),
                    "start it, or correct '" + KafkaSink.BOOTSTRAP + "'; it must have a listener without TLS and SASL");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Check.notReached("reach");
        }
    }

    private static Check registry(URI registry, Duration step) {
        String address = registry.getScheme() + "://" + registry.getHost()
                + (registry.getPort() < 0 ? "" : ":" + registry.getPort());
        String base = address
                + (registry.getRawPath() == null ? "" : registry.getRawPath().replaceAll("/+$", ""));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + "/subjects")).timeout(step);
        if (registry.getRawUserInfo() != null) {
            String pair = URLDecoder.decode(registry.getRawUserInfo().replace("+", "%2B"), StandardCharsets.UTF_8);
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }
        try {
            int status = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(step)
                    .build()
                    .send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            if (status / 100 == 2) {
                return Check.passed("registry", "The schema registry answers");
            }
            return Check.failed(
                    "registry",
                    status == 401 || status == 403
                            ? "The schema registry " + address + " refuses user or password (status " + status + ")"
                            : "The schema registry " + address + " answered with status " + status,
                    "correct '" + KafkaSink.REGISTRY + "', which may be http://user:password@host:8081");
        } catch (IOException e) {
            return Check.failed(
                    "registry",
                    "The schema registry " + address + " does not answer: " + innermost(e),
                    "start it, or correct '" + KafkaSink.REGISTRY + "'");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Check.notReached("registry");
        }
    }

    private static String innermost(Throwable trouble) {
        Throwable cause = trouble;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
