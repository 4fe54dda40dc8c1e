package io.millrace.snapshot;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A topic that a snapshot would read, and what its database says.
 *
 * @param problems why it cannot be read
 * @param skipped whether it is left out for want of a key, because the run is over all tables
 */
record CheckedTopic(TableQuestion question, TableFacts facts, List<Problem> problems, boolean skipped) {
    CheckedTopic {
        problems = List.copyOf(problems);
    }

    static CheckedTopic of(TableQuestion question, TableFacts facts, Keyless keyless) {
        List<Problem> problems = new ArrayList<>(facts.problems());
        boolean unkeyed = !facts.hasKey() && !keyless.taken() && problems.isEmpty();
        if (unkeyed && !keyless.skipped()) {
            problems.add(new Problem(
                    Problem.Code.NO_KEY,
                    "Table '" + question.topic().table() + "' has neither a primary key nor a unique index over columns"
                            + " that are not null; name a surrogate_key, or take a blocking snapshot",
                    Optional.of("topic_names")));
        }
        return new CheckedTopic(question, facts, problems, unkeyed && keyless.skipped());
    }

    /** Returns what a person should know who starts this. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>(facts.warnings());
        if (skipped) {
            warnings.add(
                    "The table has no key and would be skipped; name a surrogate_key, or take a blocking snapshot, to"
                            + " read it");
        }
        return warnings;
    }

    RunTopic pending(Instant at) {
        return skipped
                ? RunTopic.skipped(question.topic(), at)
                : RunTopic.pending(
                        question.topic(), facts.keyColumns(), question.filter(), Optional.empty(), facts.estimate());
    }
}
