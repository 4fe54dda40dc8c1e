package io.millrace.it;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** For every operation a request that goes well. Whoever implements an operation adds its line. */
final class HappyCalls {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Map<String, Function<CapturedShop, Call>> CALLS = Map.ofEntries(
            // Auth
            entry("accessToken", shop -> Call.of(shop.credential())),
            entry(
                    "refreshAccessToken",
                    shop -> Call.of(JSON.objectNode()
                            .put(
                                    "refresh_token",
                                    shop.login().path("refreshToken").asText()))),
            entry("getClientCredentials", HappyCalls::plain),
            entry("createClientCredential", shop -> Call.of(list("role_ids", JSON.textNode("read-only")))),
            entry("deleteClientCredential", shop -> Call.PLAIN.at("client_id", shop.spareCredential())),
            entry("getPermissions", HappyCalls::plain),
            entry("getRoles", HappyCalls::plain),
            entry("whoami", HappyCalls::plain),
            // System
            entry("healthLive", HappyCalls::plain),
            entry("healthReady", HappyCalls::plain),
            entry("prometheusMetrics", HappyCalls::plain),
            entry("getOpenApi", HappyCalls::plain),
            // Sources
            entry("getSources", HappyCalls::plain),
            entry("searchSources", shop -> Call.of(JSON.objectNode().put("connector", "postgresql"))),
            entry("getSourcesBrief", HappyCalls::plain),
            entry("getSourceConnectors", HappyCalls::plain),
            entry("validateSource", shop -> Call.of(shop.newSource()).without("name")),
            entry("createNewSource", shop -> Call.of(shop.newSource())),
            entry("getSource", HappyCalls::onSource),
            entry("updateExistingSource", shop -> Call.of(shop.wornSource()).at("source_id", shop.worn())),
            entry("deleteSource", shop -> Call.PLAIN.at("source_id", shop.pending())),
            entry("deploySource", shop -> Call.PLAIN.at("source_id", shop.pending())),
            entry(
                    "sourceAction",
                    shop -> Call.PLAIN.at("source_id", shop.worn()).at("action", "pause")),
            entry(
                    "bulkCloneSources",
                    shop -> Call.of(list(
                            "items", JSON.objectNode().put("id", shop.source()).put("name", "a copy")))),
            entry("bulkDeleteSources", shop -> ids(shop.pending())),
            entry("bulkDeploySources", shop -> ids(shop.pending())),
            entry("bulkPauseSources", HappyCalls::worn),
            entry("bulkStopSources", HappyCalls::worn),
            entry("bulkResumeSources", HappyCalls::worn),
            entry("bulkRestartSources", HappyCalls::worn),
            entry("bulkResetSources", HappyCalls::worn),
            entry("getSourceSmtChain", shop -> {
                shop.chain("/sources/" + shop.worn());
                return Call.PLAIN.at("source_id", shop.worn());
            }),
            entry("putSourceSmtChain", shop -> Call.of(shop.newChain("/sources/" + shop.worn()))
                    .at("source_id", shop.worn())),
            // Destinations
            entry("getDestinationSmtChain", shop -> {
                shop.chain("/destinations/" + shop.destination());
                return onDestination(shop);
            }),
            entry("putDestinationSmtChain", shop -> Call.of(shop.newChain("/destinations/" + shop.destination()))
                    .at("destination_id", shop.destination())),
            entry("getDestinations", HappyCalls::plain),
            entry("searchDestinations", shop -> Call.of(JSON.objectNode().put("connector", "weaviate"))),
            entry("getDestinationsBrief", HappyCalls::plain),
            entry("getDestinationConnectors", HappyCalls::plain),
            entry("validateDestination", shop -> Call.of(shop.newDestination()).without("name")),
            entry("createNewDestination", shop -> Call.of(shop.newDestination())),
            entry("getDestination", HappyCalls::onDestination),
            entry("updateExistingDestination", shop -> Call.of(shop.newDestination())
                    .at("destination_id", shop.destination())),
            entry("deleteDestination", shop -> Call.PLAIN.at("destination_id", shop.pendingDestination())),
            entry("getDestinationDeadLetters", HappyCalls::onDestination),
            entry("replayDestinationDeadLetters", HappyCalls::onDestination),
            entry("deployDestination", shop -> Call.PLAIN.at("destination_id", shop.pendingDestination())),
            entry("destinationAction", shop -> onDestination(shop).at("action", "pause")),
            entry(
                    "bulkCloneDestinations",
                    shop -> Call.of(list(
                            "items",
                            JSON.objectNode().put("id", shop.destination()).put("name", "a copy")))),
            entry("bulkDeleteDestinations", shop -> ids(shop.pendingDestination())),
            entry("bulkDeployDestinations", shop -> ids(shop.pendingDestination())),
            entry("bulkPauseDestinations", HappyCalls::destinations),
            entry("bulkStopDestinations", HappyCalls::destinations),
            entry("bulkResumeDestinations", HappyCalls::destinations),
            entry("bulkRestartDestinations", HappyCalls::destinations),
            entry("bulkResetDestinations", HappyCalls::destinations),
            // Pipelines
            entry("getPipelines", HappyCalls::plain),
            entry("searchPipelines", shop -> Call.of(JSON.objectNode().put("status", "Broken"))),
            entry("createNewPipeline", shop -> Call.of(shop.newPipeline())),
            entry("getPipeline", HappyCalls::onPipeline),
            entry("updatePipeline", shop -> Call.of(shop.newPipeline()).at("pipeline_id", shop.pipeline())),
            entry("deletePipeline", HappyCalls::onPipeline),
            entry("getPipelineVerification", HappyCalls::onPipeline),
            entry("verifyPipeline", shop -> Call.PLAIN.at("pipeline_id", shop.comparablePipeline())),
            entry("repairPipeline", shop -> Call.PLAIN.at("pipeline_id", shop.verifiedPipeline())),
            entry("pipelineAction", shop -> onPipeline(shop).at("action", "pause")),
            entry(
                    "bulkClonePipelines",
                    shop -> Call.of(list(
                            "items",
                            JSON.objectNode().put("id", shop.pipeline()).put("name", "a copy")))),
            entry("bulkDeletePipelines", shop -> ids(shop.pipeline())),
            entry("bulkPausePipelines", shop -> ids(shop.pipeline())),
            entry("bulkStopPipelines", shop -> ids(shop.pipeline())),
            entry("bulkResumePipelines", shop -> ids(shop.pipeline())),
            entry("bulkRestartPipelines", shop -> ids(shop.pipeline())),
            entry("bulkResetPipelines", shop -> ids(shop.pipeline())),
            // Tags
            entry("getTags", HappyCalls::plain),
            entry("searchTags", shop -> Call.of(JSON.objectNode().put("tag_name", "Development"))),
            entry("createTag", shop -> Call.of(shop.newTag())),
            entry("updateTag", shop -> Call.of(shop.newTag()).at("tag_id", shop.tag())),
            entry("deleteTag", shop -> Call.PLAIN.at("tag_id", shop.tag())),
            // Snapshots
            entry("executeSnapshot", HappyCalls::free),
            entry("executeIncrementalSnapshot", HappyCalls::free),
            entry("executeBlockingSnapshot", HappyCalls::free),
            entry("validateSnapshot", HappyCalls::free),
            entry("stopIncrementalSnapshot", HappyCalls::running),
            entry("cancelSnapshot", HappyCalls::running),
            entry("stopBlockingSnapshot", HappyCalls::free),
            entry("bulkExecuteSnapshotSources", shop -> ids(shop.free())),
            entry("bulkStopSnapshotSources", shop -> {
                shop.run();
                return ids(shop.source());
            }),
            entry("bulkSnapshotTopics", shop -> {
                shop.free();
                return topics(shop);
            }),
            entry("bulkStopSnapshotTopics", shop -> {
                shop.run();
                return topics(shop);
            }),
            entry("getSourceSnapshots", HappyCalls::onSource),
            entry("getSourceSnapshot", HappyCalls::onRun),
            entry("pauseSourceSnapshot", HappyCalls::onRun),
            entry("resumeSourceSnapshot", HappyCalls::onRun),
            entry("stopSourceSnapshot", HappyCalls::onRun),
            entry("continueSourceSnapshot", shop -> {
                String run = shop.cancelledRun();
                return Call.PLAIN.at("source_id", shop.free()).at("snapshot_id", run);
            }),
            // A stream of a run that is over ends by itself.
            entry("getSourceSnapshotEvents", shop -> onSource(shop).at("snapshot_id", shop.cancelledRun())),
            // Topics
            entry("listAllTopics", HappyCalls::plain),
            entry("listAllTopicsPost", shop -> Call.of(JSON.objectNode().put("entity_id", shop.source()))),
            entry("getComprehensiveTopicInformation", shop -> onTopic(shop).query("detailed=true")),
            entry("getTopicMessages", shop -> onTopic(shop).query("order=oldest")),
            entry("createTopic", shop -> Call.of(JSON.objectNode().put("topic_name", shop.newTopic()))),
            entry("updateTopic", shop -> {
                ObjectNode body = JSON.objectNode();
                body.putObject("payload").put("partition_count", 2);
                return Call.of(body).at("topic_id", shop.handMade());
            }),
            entry("deleteTopic", HappyCalls::onHandMade),
            entry(
                    "bulkDeleteTopics",
                    shop -> Call.of(list("topic_ids", JSON.textNode(shop.topicDatabaseId(shop.handMade()))))),
            entry("getTopicsOverview", HappyCalls::plain),
            entry("getTopicStats", HappyCalls::onTopic),
            entry("getTopicMetrics", HappyCalls::onTopic),
            entry(
                    "getTopicsTableMetrics",
                    shop -> Call.of(list(
                            "entities",
                            JSON.objectNode().put("id", shop.source()).put("entity_type", "sources")))),
            entry("getTopicConfigs", HappyCalls::onTopic),
            entry("updateTopicConfigs", shop -> {
                ObjectNode body = JSON.objectNode();
                body.putObject("configs").put("retention.ms", 60_000);
                return Call.of(body).at("topic_id", shop.handMade());
            }),
            entry("produceTopicMessage", shop -> Call.of(JSON.objectNode().put("value", "hello"))
                    .at("topic_id", shop.handMade())),
            entry("attachTopicDestination", shop -> onHandMade(shop).at("destination_id", shop.destination())),
            entry("getTopicDestination", HappyCalls::onBinding),
            entry("detachTopicDestination", HappyCalls::onBinding),
            // Consumer groups
            entry("listConsumerGroups", HappyCalls::plain),
            entry("getConsumerGroup", shop -> Call.PLAIN.at("group_id", shop.group())),
            entry("resetConsumerGroupOffsets", shop -> Call.of(
                            list("topics", JSON.textNode(shop.topic())).put("strategy", "earliest"))
                    .at("group_id", shop.group())),
            // Metrics
            entry("getMetricsForSources", HappyCalls::plain),
            entry("getMetricsForSourcesPost", shop -> Call.of(list("ids", JSON.textNode(shop.source())))),
            entry("getSourceMetrics", shop -> onSource(shop).query("time_type=timeseries")),
            entry("getMetricsForDestinations", HappyCalls::plain),
            entry("getMetricsForDestinationsPost", shop -> Call.of(list("ids", JSON.textNode(shop.destination())))),
            entry("getDestinationMetrics", shop -> onDestination(shop).query("time_type=timesummary")),
            entry("getMetricsForPipelines", HappyCalls::plain),
            entry("getMetricsForPipelinesPost", shop -> Call.of(list("ids", JSON.textNode(shop.pipeline())))),
            entry("getPipelineMetrics", HappyCalls::onPipeline),
            // Dashboard
            entry("getDashboardStats", HappyCalls::plain),
            entry("getDashboardOverview", HappyCalls::plain),
            // Billing
            entry("getUsageMetrics", shop -> Call.PLAIN.query("page=")),
            entry("getUsageMetricsPost", shop -> Call.PLAIN.query("page=1")),
            entry("getUsageSummary", HappyCalls::plain),
            entry("exportUsage", HappyCalls::plain),
            // Schema registry
            entry("listSubjects", HappyCalls::plain),
            entry("listSubjectVersions", HappyCalls::onSubject),
            entry("getSchemaByVersion", shop -> onSubject(shop).at("version", "1")),
            entry("getSchemaById", shop -> Call.PLAIN.at("schema_id", "1")));

    private HappyCalls() {}

    /** Returns which operations have a request. */
    static Set<String> operations() {
        return CALLS.keySet();
    }

    /** Returns the request for an operation, after making in the shop what it needs. */
    static Call of(String operation, CapturedShop shop) {
        Function<CapturedShop, Call> call = CALLS.get(operation);
        if (call == null) {
            throw new AssertionError("Operation " + operation + " has no line in HappyCalls");
        }
        return call.apply(shop);
    }

    private static Call plain(CapturedShop shop) {
        return Call.PLAIN;
    }

    private static Call free(CapturedShop shop) {
        return Call.of(CapturedShop.ofSource(shop.free()));
    }

    private static Call running(CapturedShop shop) {
        shop.run();
        return Call.of(CapturedShop.ofSource(shop.source()));
    }

    private static Call worn(CapturedShop shop) {
        return ids(shop.worn());
    }

    private static Call onSource(CapturedShop shop) {
        return Call.PLAIN.at("source_id", shop.source());
    }

    private static Call onDestination(CapturedShop shop) {
        return Call.PLAIN.at("destination_id", shop.destination());
    }

    private static Call destinations(CapturedShop shop) {
        return ids(shop.destination());
    }

    private static Call onPipeline(CapturedShop shop) {
        return Call.PLAIN.at("pipeline_id", shop.pipeline());
    }

    private static Call onRun(CapturedShop shop) {
        return onSource(shop).at("snapshot_id", shop.run());
    }

    private static Call onTopic(CapturedShop shop) {
        return Call.PLAIN.at("topic_id", shop.topic());
    }

    private static Call onHandMade(CapturedShop shop) {
        return Call.PLAIN.at("topic_id", shop.handMade());
    }

    private static Call onBinding(CapturedShop shop) {
        return Call.PLAIN.at("topic_id", shop.bound()).at("destination_id", shop.destination());
    }

    private static Call onSubject(CapturedShop shop) {
        return Call.PLAIN.at("subject", shop.topic() + "-value");
    }

    private static Call ids(String id) {
        return Call.of(list("ids", JSON.textNode(id)));
    }

    private static Call topics(CapturedShop shop) {
        return Call.of(list("topic_ids", JSON.textNode(shop.topicDatabaseId(shop.topic()))));
    }

    private static ObjectNode list(String member, JsonNode value) {
        ObjectNode body = JSON.objectNode();
        body.putArray(member).add(value);
        return body;
    }
}
