package io.millrace.it;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One client's writes, one after the other until an answer stays out, and what the store has to hold for those that were
 * acknowledged. The last write may have happened or not.
 */
final class Acknowledged implements Runnable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final Client client;
    private final Random random;
    private final Map<String, ObjectNode> sources = new HashMap<>();
    private final List<String> deleted = new ArrayList<>();
    private final Map<String, Integer> schemas = new HashMap<>();
    private String unsure = "";
    private final AtomicInteger writes = new AtomicInteger();

    Acknowledged(String name, Client client, long seed) {
        this.name = name;
        this.client = client;
        this.random = new Random(seed);
    }

    @Override
    public void run() {
        while (write()) {
            writes.incrementAndGet();
        }
    }

    /** Returns how many writes were acknowledged. */
    int writes() {
        return writes.get();
    }

    private boolean write() {
        int dice = random.nextInt(10);
        if (dice < 3) {
            return register();
        }
        return sources.isEmpty() || dice < 7 ? create() : dice < 9 ? rename() : delete();
    }

    private boolean create() {
        ObjectNode source = source(name + "-" + writes);
        Optional<Client.Answer> answer = client.send("POST", "/sources?wait=false", source);
        answer.ifPresent(made -> sources.put(made.body().path("id").asText(), source));
        return accepted(answer);
    }

    private boolean rename() {
        unsure = sources.keySet().iterator().next();
        ObjectNode source = sources.get(unsure).deepCopy().put("name", name + "-" + writes + " renamed");
        Optional<Client.Answer> answer = client.send("PUT", "/sources/" + unsure + "?wait=false", source);
        answer.ifPresent(ignored -> sources.put(unsure, source));
        return accepted(answer);
    }

    private boolean delete() {
        unsure = sources.keySet().iterator().next();
        Optional<Client.Answer> answer = client.send("DELETE", "/sources/" + unsure + "?wait=false");
        answer.ifPresent(ignored -> {
            sources.remove(unsure);
            deleted.add(unsure);
        });
        return accepted(answer);
    }

    private boolean register() {
        String subject = name + "-" + writes;
        ObjectNode schema = JSON.createObjectNode()
                .put("schema", "{\"type\":\"fixed\",\"name\":\"f\",\"size\":" + (writes.get() + 1) + "}");
        Optional<Client.Answer> answer =
                client.send("POST", "/schema-registry/confluent/subjects/" + subject + "/versions", schema);
        answer.ifPresent(made -> schemas.put(subject, made.body().path("id").asInt()));
        return accepted(answer);
    }

    private boolean accepted(Optional<Client.Answer> answer) {
        answer.filter(given -> given.status() != 200).ifPresent(given -> {
            throw new AssertionError("a write was refused: " + given);
        });
        unsure = answer.isPresent() ? "" : unsure;
        return answer.isPresent();
    }

    private static ObjectNode source(String name) {
        // Nobody listens there; the source is kept all the same.
        ObjectNode body = JSON.createObjectNode().put("name", name).put("connector", "postgresql");
        body.putObject("config")
                .put("database.hostname.user.defined", "127.0.0.1")
                .put("database.port.user.defined", 1)
                .put("database.user", "nobody")
                .put("database.password", "nothing")
                .put("database.dbname", "none")
                .put("slot.name", "slot_" + name.replace('-', '_'))
                .put("publication.name", "pub_" + name)
                .put("schema.include.list", "public")
                .put("table.include.list.user.defined", "public.a");
        return body;
    }

    /** Returns what is not as it was acknowledged, asked through a client of the process that was started again. */
    List<String> lostFrom(Client now) {
        List<String> lost = new ArrayList<>();
        sources.forEach((id, source) -> {
            String found = nameOf(now, id);
            String expected = source.path("name").asText();
            if (!id.equals(unsure) && !found.equals(expected)) {
                lost.add("source " + id + " should be named " + expected + " and is " + found);
            }
        });
        deleted.stream()
                .filter(id -> !nameOf(now, id).isEmpty())
                .forEach(id -> lost.add("source " + id + " was deleted and is back"));
        schemas.forEach((subject, id) -> {
            int found = now.send("GET", "/schema-registry/confluent/subjects/" + subject + "/versions/1")
                    .orElseThrow()
                    .body()
                    .path("id")
                    .asInt();
            if (found != id) {
                lost.add("subject " + subject + " should have schema " + id + " and has " + found);
            }
        });
        return lost;
    }

    private static String nameOf(Client now, String id) {
        return now.send("GET", "/sources/" + id)
                .orElseThrow()
                .body()
                .path("result")
                .path(0)
                .path("name")
                .asText();
    }
}
