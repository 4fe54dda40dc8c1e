package io.millrace.engine;

import java.util.List;

/** What the workers measure of the tasks that they run. Thread-safe. */
public interface Measurements {
    /** Returns all figures of all tasks, in one look. What a worker does not tell is left out. */
    List<Measured> measured();

    /** Returns the delays of all sinks. */
    List<Delays> delays();

    /** What an engine tells that measures nothing. */
    Measurements NONE = new Measurements() {
        @Override
        public List<Measured> measured() {
            return List.of();
        }

        @Override
        public List<Delays> delays() {
            return List.of();
        }
    };
}
