package io.millrace.objectstore;

/** How settings are called where a container is configured, so that a message can say what to correct. */
public record AzureNames(String connection, String container) {
    /** The names of the destination. */
    public static final AzureNames DESTINATION =
            new AzureNames("azblob.connection.string.user.defined", "azblob.container.name");
}
