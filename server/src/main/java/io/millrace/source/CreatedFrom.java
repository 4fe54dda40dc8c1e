package io.millrace.source;

/** Kind of client that created a record. */
public enum CreatedFrom {
    TERRAFORM,
    WEB,
    API
}
