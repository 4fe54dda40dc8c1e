package io.millrace.connector;

/** State that a connector is to be in. One that was deployed can be moved freely; one that was not can only be deployed. */
public sealed interface DesiredState {
    /** Returns the name that clients know. */
    String label();

    /** Returns the state of a name, {@link Active} for the passing ones. */
    static DesiredState of(String label) {
        return switch (label) {
            case "Pending" -> new Pending();
            case "Paused" -> new Paused();
            case "Stopped" -> new Stopped();
            default -> new Active();
        };
    }

    /** Saved, and not in Connect. */
    record Pending() implements DesiredState {
        @Override
        public String label() {
            return "Pending";
        }

        /** Puts it into Connect. */
        public Active deploy() {
            return new Active();
        }
    }

    /** Is in Connect. Each move may be repeated. */
    sealed interface Deployed extends DesiredState {
        /** Keeps it on its worker, idle. */
        default Paused pause() {
            return new Paused();
        }

        /** Takes it off its worker. */
        default Stopped stop() {
            return new Stopped();
        }

        /** Ends a pause or a stop. */
        default Active resume() {
            return new Active();
        }
    }

    /** Runs. */
    record Active() implements Deployed {
        @Override
        public String label() {
            return "Active";
        }
    }

    /** Idle on its worker. */
    record Paused() implements Deployed {
        @Override
        public String label() {
            return "Paused";
        }
    }

    /** On no worker. */
    record Stopped() implements Deployed {
        @Override
        public String label() {
            return "Stopped";
        }
    }
}
