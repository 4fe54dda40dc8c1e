package io.millrace.http;

/**
 * Body of every answer that is not a success.
 *
 * @param detail a sentence, or the list of shape errors
 */
record Refusal(Object detail) {}
