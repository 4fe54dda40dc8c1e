package io.millrace.http;

/** Order of a list. */
public enum SortDirection {
    ASC,
    DESC
}
