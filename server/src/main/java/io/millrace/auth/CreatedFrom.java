package io.millrace.auth;

/** Which kind of client made a record. */
enum CreatedFrom {
    TERRAFORM,
    WEB,
    API
}
