package io.millrace.connector;

/** Kind of client that created a record. */
public enum CreatedFrom {
    TERRAFORM,
    WEB,
    API
}
