package io.millrace.tag;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.connector.MemoryEngine;
import io.millrace.connector.ServedConnectors;
import io.millrace.source.SourceConfigs;
import io.millrace.store.OnEveryStore;
import io.millrace.store.TestStore;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnEveryStore
class TagApiTest {
    private static final String UNKNOWN = "66b0f1c9a1b2c3d4e5f60000";
    private static final String DEVELOPMENT = "670e5ca40afe1d3983ce0c22";
    private static final String PRODUCTION = "670e5bab0d119c0d1f8cda9d";

    private final TestStore database;

    @TempDir
    private Path folder;

    private ServedConnectors served;

    TagApiTest(TestStore database) {
        this.database = database;
    }

    @BeforeEach
    void start() {
        served = new ServedConnectors(database.open(folder), folder, new MemoryEngine());
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void hasTwoThatAreBuiltInAndStay() {
        assertThat(names("")).containsExactly("Production", "Development");
        assertThat(served.ok("GET", "/tags?secret_returned=true&tag_ids=" + DEVELOPMENT, "")
                        .at("/tags/0"))
                .isEqualTo(SourceConfigs.json("{'id':'" + DEVELOPMENT + "','name':'Development',"
                        + "'description':'For trying out','type':['environment'],'system':true,'custom':false}"));
        served.refused(
                "PUT",
                "/tags/" + PRODUCTION,
                "{\"name\":\"x\"}",
                400,
                "Tag 'Production' is built in and cannot be changed");
        served.refused("DELETE", "/tags/" + PRODUCTION, "", 400, "Tag 'Production' is built in and cannot be deleted");
    }

    @Test
    void isMadeChangedAndDeleted() {
        JsonNode made = tag("team", "[\"sources\",\"pipelines\"]");
        assertThat(made.get("custom").booleanValue()).isTrue();
        assertThat(made.get("description").isNull()).isTrue();
        String one = "/tags/" + made.get("id").textValue();

        JsonNode changed = served.ok("PUT", one, "{\"name\":\"crew\",\"description\":\"d\",\"type\":[\"topics\"]}");

        assertThat(changed.get("type")).hasToString("[\"topics\"]");
        assertThat(served.ok("GET", "/tags?tag_name=crew", "").at("/tags/0")).isEqualTo(changed);
        served.ok("DELETE", one, "");
        assertThat(names("?tag_name=crew")).isEmpty();
        served.refused(
                "DELETE", one, "", 404, "Tag not found: " + made.get("id").textValue());
        served.refused("DELETE", "/tags/x", "", 400, "Invalid tag ID format: x");
        served.refused("PUT", "/tags/" + UNKNOWN, "{\"name\":\"x\"}", 404, "Tag not found: " + UNKNOWN);
    }

    @Test
    void refusesATwinAndReservedTypes() {
        tag("team", "[\"sources\",\"pipelines\"]");
        JsonNode other = tag("team", "[\"sources\"]");

        served.refused(
                "POST",
                "/tags",
                "{\"name\":\"team\",\"type\":[\"pipelines\",\"sources\"]}",
                400,
                "A tag with identical properties already exists.");
        served.refused(
                "PUT",
                "/tags/" + other.get("id").textValue(),
                "{\"name\":\"team\",\"type\":[\"pipelines\",\"sources\"]}",
                400,
                "A tag with identical properties already exists.");
        served.refused(
                "PUT",
                "/tags/" + other.get("id").textValue(),
                "{\"name\":\"team\",\"type\":[\"general\",\"environment\"]}",
                400,
                "Tag types environment and general are kept for built-in tags; choose others");
    }

    @Test
    void isFoundByIdsNameAndTypes() {
        String one = tag("one", "[\"sources\",\"topics\"]").get("id").textValue();
        String two = tag("two", "[\"topics\"]").get("id").textValue();

        assertThat(names("?tag_ids=" + one + "&tag_ids=" + two)).containsExactly("one", "two");
        assertThat(names("?tag_ids=" + one + "," + UNKNOWN)).containsExactly("one");
        assertThat(names("?tag_type=sources&tag_type=topics")).containsExactly("one", "two");
        assertThat(names("?tag_type=sources,topics&tag_logic=and")).containsExactly("one");
        assertThat(names("?tag_name=on")).isEmpty();
        assertThat(served.ok("POST", "/tags/search?tag_name=two", "{\"tag_ids\":[\"" + one + "\",\"" + two + "\"]}")
                        .get("tags"))
                .hasSize(1);
    }

    @Test
    void staysWhileARecordHasIt() {
        String tag = tag("team", "[\"sources\"]").get("id").textValue();
        for (String name : List.of("a", "b")) {
            served.ok(
                    "POST",
                    "/sources?wait=false",
                    "{\"name\":\"" + name + "\",\"connector\":\"stripe_webhook\",\"config\":{},\"tags\":[\"" + tag
                            + "\"]}");
        }

        served.refused("DELETE", "/tags/" + tag, "", 400, "Tag is used by 2 sources entities and can't be deleted");
        served.ok("DELETE", "/sources/bulk/delete", "{\"select_all\":true}");
        served.ok("DELETE", "/tags/" + tag, "");
    }

    private JsonNode tag(String name, String types) {
        return served.ok(
                "POST", "/tags", "{\"name\":\"" + name + "\",\"type\":" + types + ",\"created_from\":\"terraform\"}");
    }

    private List<String> names(String query) {
        return served.ok("GET", "/tags" + query, "").get("tags").findValuesAsText("name");
    }
}
