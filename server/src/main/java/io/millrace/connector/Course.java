package io.millrace.connector;

/**
 * Where a connector is to go and how far the data plane has followed.
 *
 * @param revision grows with every change that the data plane has to follow
 * @param applied the revision that it has followed to; 0 for none
 * @param resets how often the offsets were to be forgotten
 * @param resetsDone how often they were
 * @param deleted whether it is only waiting to go from Connect
 */
public record Course(DesiredState desired, long revision, long applied, int resets, int resetsDone, boolean deleted) {

    /** Returns the course of a new connector. */
    public static Course begin(DesiredState desired) {
        return new Course(desired, 1, 0, 0, 0, false);
    }

    /** Returns whether something is left to follow. */
    public boolean pending() {
        return applied < revision || resetsDone < resets;
    }

    /** Returns the course with another state to reach; the same one again changes nothing. */
    public Course to(DesiredState next) {
        return next.equals(desired) ? this : new Course(next, revision + 1, applied, resets, resetsDone, deleted);
    }

    /** Returns the course with another state for now; what is wanted stays as it is in the store. */
    Course held(DesiredState forNow) {
        return new Course(forNow, revision, applied, resets, resetsDone, deleted);
    }

    /** Returns the course after a change of the configuration. */
    public Course changed() {
        return new Course(desired, revision + 1, applied, resets, resetsDone, deleted);
    }

    /** Returns the course of a connector that is stopped and is to forget its offsets. */
    public Course reset(DesiredState.Deployed from) {
        return new Course(from.stop(), revision + 1, applied, resets + 1, resetsDone, deleted);
    }

    /** Returns the course of a connector that is to start anew. */
    public Course restarted(DesiredState.Deployed from) {
        return new Course(from, revision + 1, applied, resets, resetsDone, deleted);
    }

    /** Returns the course of a connector that is to go. */
    public Course delete() {
        return new Course(desired, revision + 1, applied, resets, resetsDone, true);
    }
}
