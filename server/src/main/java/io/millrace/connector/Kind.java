package io.millrace.connector;

/** Whether a connector brings changes into topics or takes them out. */
public enum Kind {
    SOURCE("source"),
    DESTINATION("destination");

    private final String noun;

    Kind(String noun) {
        this.noun = noun;
    }

    /** Returns {@code source} or {@code destination}: as the catalogue, ids of topics and sentences have it. */
    public String noun() {
        return noun;
    }

    /** Returns the noun as it begins a sentence. */
    public String title() {
        return noun.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + noun.substring(1);
    }

    /** Returns the path of the API under which connectors of the kind are. */
    public String path() {
        return "/" + noun + "s";
    }
}
