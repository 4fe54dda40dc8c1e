package io.millrace.connector.smt;

import io.millrace.connector.Connector;
import io.millrace.connector.ConnectorService;
import io.millrace.connector.Health;
import io.millrace.engine.ConnectCluster;
import io.millrace.http.ApiProblem;
import io.millrace.http.Caller;
import io.millrace.secret.SealedSecrets;
import io.millrace.store.Ids;
import io.millrace.store.Store;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Reads and writes the chains of the connectors of one kind. */
public final class SmtService {
    private final SmtRepository rows = new SmtRepository();
    private final Means means;
    private final ConnectorService connectors;
    private final ConnectCluster connect;

    /** What chains are kept with. */
    public record Means(Store store, Ids ids, SealedSecrets vault) {}

    public SmtService(Means means, ConnectorService connectors, ConnectCluster connect) {
        this.means = means;
        this.connectors = connectors;
        this.connect = connect;
    }

    /** Returns the chain of a connector of the caller's. */
    public SmtView get(Caller caller, String id) {
        Connector connector = connector(caller, id);
        return means.store()
                .<Optional<SmtChain>, RuntimeException>read(handle -> rows.find(handle, connector.id()))
                .map(chain -> view(connector, chain))
                .orElseThrow(() -> absent(connector));
    }

    /** Replaces the chain of a connector of the caller's, unless somebody else wrote it meanwhile. */
    public SmtView put(Caller caller, String id, SmtRequests.Write request) {
        Connector connector = connector(caller, id);
        SmtChain chain = means.store().write(handle -> {
            Optional<SmtChain> present = rows.find(handle, connector.id());
            check(connector, present, request.expectedRevision());
            SmtDraft draft = new SmtDraft(connector.id(), present, means.vault())
                    .take(request.transforms(), connect::hasTransformation, means.ids());
            connectors.touch(handle, connector.id());
            SmtChain next = new SmtChain(
                    present.map(SmtChain::revision).orElse(0) + 1,
                    revision(handle, connector),
                    draft.transforms(),
                    draft.secrets(),
                    present.flatMap(before -> ran(connector, before)));
            rows.save(handle, connector.id(), next);
            return next;
        });
        connectors.follow(connector.id(), true);
        return view(connector(caller, id), chain);
    }

    private static void check(Connector connector, Optional<SmtChain> present, Optional<Integer> expected) {
        if (present.isEmpty()) {
            if (expected.filter(revision -> revision != 0).isPresent()) {
                throw absent(connector);
            }
            return;
        }
        int revision = present.get().revision();
        if (expected.isEmpty()) {
            throw SmtRefusal.of(
                    400,
                    "smt_expected_revision_required",
                    "The chain exists, at revision " + revision
                            + "; send 'expected_revision' with the one that you read");
        }
        if (expected.get() != revision) {
            throw SmtRefusal.of(
                    409,
                    "smt_revision_conflict",
                    "The chain is at revision " + revision + ", not " + expected.get()
                            + ": somebody wrote it meanwhile; read it again");
        }
    }

    private long revision(Handle handle, Connector connector) {
        return connectors
                .find(handle, connector.id())
                .orElseThrow(() -> SmtRefusal.of(
                        409,
                        "smt_connector_deleting",
                        connector.id().kind().title() + " '" + connector.name() + "' is being deleted"))
                .course()
                .revision();
    }

    private static Optional<SmtChain.Applied> ran(Connector connector, SmtChain chain) {
        return isApplied(connector, chain)
                ? Optional.of(new SmtChain.Applied(chain.revision(), chain.transforms()))
                : chain.before();
    }

    private static boolean isApplied(Connector connector, SmtChain chain) {
        return connector.course().applied() >= chain.connectorRevision();
    }

    private SmtView view(Connector connector, SmtChain chain) {
        boolean broken = connectors.health(connector).state() == Health.State.BROKEN;
        return new SmtView(
                SmtView.snapshot(chain.revision(), Optional.of(chain.connectorRevision()), chain.transforms()),
                ran(connector, chain)
                        .map(last -> SmtView.snapshot(last.revision(), Optional.empty(), last.transforms())),
                broken
                        ? SmtView.Status.FAILED
                        : isApplied(connector, chain) ? SmtView.Status.APPLIED : SmtView.Status.PENDING);
    }

    private Connector connector(Caller caller, String id) {
        try {
            return connectors.get(caller, id);
        } catch (ApiProblem.BadRequest e) {
            throw SmtRefusal.of(e.status(), "smt_connector_id_invalid", String.valueOf(e.getMessage()));
        } catch (ApiProblem.NotFound e) {
            throw SmtRefusal.of(e.status(), "smt_connector_not_found", String.valueOf(e.getMessage()));
        }
    }

    private static ApiProblem absent(Connector connector) {
        return SmtRefusal.of(
                404,
                "smt_chain_absent",
                connector.id().kind().title() + " '" + connector.name()
                        + "' has no chain of transformations; write one without 'expected_revision'");
    }
}
