package io.millrace.engine.embedded;

import io.millrace.engine.EngineException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.message.DescribeGroupsResponseData.DescribedGroup;
import org.apache.kafka.common.message.LeaveGroupRequestData;
import org.apache.kafka.common.message.LeaveGroupRequestData.MemberIdentity;
import org.apache.kafka.common.message.LeaveGroupResponseData;
import org.apache.kafka.common.message.ListGroupsRequestData;
import org.apache.kafka.common.message.ListGroupsResponseData.ListedGroup;
import org.apache.kafka.common.network.ClientInformation;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.RequestContext;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.coordinator.group.GroupCoordinator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the members that a killed process left behind leave their groups: that of the worker and those of its sinks. The
 * new worker would otherwise wait until the session of the old one has timed out, and a session long enough for a busy
 * machine is too long for a start.
 *
 * <p>No request of a Kafka client removes a dynamic member of a Connect group, so this talks to the coordinator inside
 * the broker.
 */
final class DeadMembers {
    private static final Logger LOG = LoggerFactory.getLogger(DeadMembers.class);
    private static final long ANSWER_SECONDS = 10;
    private static final Duration LOADED = Duration.ofSeconds(10);

    private static final Set<Errors> NOT_LOADED =
            Set.of(Errors.NOT_COORDINATOR, Errors.COORDINATOR_LOAD_IN_PROGRESS, Errors.COORDINATOR_NOT_AVAILABLE);

    private final GroupCoordinator groups;

    DeadMembers(GroupCoordinator groups) {
        this.groups = groups;
    }

    /** Returns when the groups of the worker are without members; no worker may be running. */
    void leave() {
        if (!Waiting.until(LOADED, this::isLoaded)) {
            LOG.warn("the group coordinator did not load its groups within {} s", LOADED.toSeconds());
            return;
        }
        List<String> ours =
                answer(groups.listGroups(context(ApiKeys.LIST_GROUPS), new ListGroupsRequestData())).groups().stream()
                        .map(ListedGroup::groupId)
                        .filter(WorkerProperties::isOurGroup)
                        .toList();
        describe(ours).forEach(this::empty);
    }

    /** A list of groups is empty until the coordinator has read them, so this asks for one of them. */
    private boolean isLoaded() {
        return describe(List.of(WorkerProperties.GROUP)).stream()
                .map(group -> Errors.forCode(group.errorCode()))
                .noneMatch(NOT_LOADED::contains);
    }

    private List<DescribedGroup> describe(List<String> ids) {
        return answer(groups.describeGroups(context(ApiKeys.DESCRIBE_GROUPS), ids));
    }

    private void empty(DescribedGroup group) {
        List<MemberIdentity> members = group.members().stream()
                .map(member -> new MemberIdentity().setMemberId(member.memberId()))
                .toList();
        if (members.isEmpty()) {
            return;
        }
        LeaveGroupResponseData answer = answer(groups.leaveGroup(
                context(ApiKeys.LEAVE_GROUP),
                new LeaveGroupRequestData().setGroupId(group.groupId()).setMembers(members)));
        LOG.info(
                "Removed {} members of group {} that a killed process left behind: {}",
                members.size(),
                group.groupId(),
                Errors.forCode(answer.errorCode()));
    }

    private static RequestContext context(ApiKeys request) {
        return new RequestContext(
                new RequestHeader(request, request.latestVersion(), WorkerProperties.GROUP + "-engine", 0),
                "in-process",
                InetAddress.getLoopbackAddress(),
                KafkaPrincipal.ANONYMOUS,
                new ListenerName("PLAINTEXT"),
                SecurityProtocol.PLAINTEXT,
                ClientInformation.EMPTY,
                true);
    }

    private static <T> T answer(CompletableFuture<T> future) {
        try {
            return future.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new EngineException("the group coordinator of the broker does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("interrupted while asking the group coordinator", e);
        }
    }
}
